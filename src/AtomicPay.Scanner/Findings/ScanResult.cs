using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Findings;

/// <summary>All that a scan has to say: what every report is made from.</summary>
/// <param name="Root">What was scanned, as the user named it.</param>
/// <param name="Findings">What counts, sorted by path, then line, then key hash.</param>
/// <param name="Skipped">What could not be scanned, sorted.</param>
/// <param name="Counts">How much was scanned.</param>
/// <param name="Elapsed">Wall clock of the scan.</param>
/// <param name="Interrupted">Whether the user stopped it before the end.</param>
internal sealed record ScanResult(
    string Root,
    ImmutableArray<Finding> Findings,
    ImmutableArray<Skipped> Skipped,
    ScanCounts Counts,
    TimeSpan Elapsed,
    bool Interrupted)
{
    /// <summary>The rules that the scan ran with, in the order in which reports list them.</summary>
    public RuleSet Rules { get; init; } = RuleSet.Default;

    /// <summary>Which part of the material was asked for.</summary>
    public ScanScope Scope { get; init; }

    /// <summary>What was found and somebody has allowed, sorted as the findings are.</summary>
    public ImmutableArray<SuppressedFinding> Suppressed { get; init; } = [];

    /// <summary>How many there are, also in a report that does not list them.</summary>
    public int SuppressedCount { get; init; }

    /// <summary>How histories could be freed of the keys; empty where nobody asked.</summary>
    public ImmutableArray<HistoryPurge> Purges { get; init; } = [];

    /// <summary>What does not make the scan less complete, but should be put right: an allowlist entry that allows nothing, say.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Whether all was scanned that could be, so that what is not found here is nowhere.</summary>
    public bool IsWhole { get; init; }

    public bool IsComplete => Skipped.IsEmpty && !Interrupted;
}
