namespace AtomicPay.Scanner.Findings;

/// <summary>What it is that says a finding need not be acted on.</summary>
internal enum SuppressionKind
{
    /// <summary>A comment on the key's line.</summary>
    Comment,

    /// <summary>An entry of the configuration's allowlist.</summary>
    Allowlist,

    /// <summary>A line of the baseline.</summary>
    Baseline,
}
