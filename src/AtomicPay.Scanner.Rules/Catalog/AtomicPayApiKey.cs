namespace AtomicPay.Scanner.Rules.Catalog;

internal static class AtomicPayApiKey
{
    public static Rule Rule { get; } = new()
    {
        Id = "atomicpay-api-key",
        Name = "AtomicPay API key",
        Summary = "An AtomicPay API key is readable here.",
        Help = "Revoke or rotate the key in the AtomicPay dashboard.",
        Prefix = "atpay_",
    };
}
