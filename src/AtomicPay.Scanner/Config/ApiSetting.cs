namespace AtomicPay.Scanner.Config;

/// <summary>One thing that a layer says about the API: a name of <see cref="ApiOptions.Names"/>, and a value that it can have.</summary>
internal sealed record ApiSetting(string Name, string Value);
