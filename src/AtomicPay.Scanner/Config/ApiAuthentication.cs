namespace AtomicPay.Scanner.Config;

/// <summary>Which of the two documented headers carries the key.</summary>
internal enum ApiAuthentication
{
    /// <summary><c>Authorization: Bearer</c>.</summary>
    Bearer,

    /// <summary><c>X-API-Key</c>.</summary>
    XApiKey,
}
