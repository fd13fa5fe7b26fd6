namespace AtomicPay.Scanner.Findings;

/// <summary>Whether a key has a permission.</summary>
internal enum Grant
{
    Unknown,

    /// <summary>It was not asked, because asking would change something or touch cards.</summary>
    NotAsked,

    Refused,

    Granted,
}
