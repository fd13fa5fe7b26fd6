namespace AtomicPay.Scanner.Config;

/// <summary>What makes the exit code 1.</summary>
internal enum FailOn
{
    Any,

    /// <summary>A key that the API accepts.</summary>
    Live,

    Never,
}
