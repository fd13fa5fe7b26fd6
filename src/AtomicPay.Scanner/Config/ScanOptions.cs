using System.Collections.Immutable;

namespace AtomicPay.Scanner.Config;

/// <summary>What to scan and what to say about it, with every default filled in.</summary>
internal sealed record ScanOptions
{
    public const int MostJobs = 1024;

    /// <summary>Files, folders or <c>-</c> for standard input, as the user typed them.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    public bool History { get; init; } = true;

    public bool WorkTree { get; init; } = true;

    /// <summary>Whether to scan what is staged, and nothing else.</summary>
    public bool Staged { get; init; }

    /// <summary>The commits to scan, and nothing else.</summary>
    public RevisionRange? Range { get; init; }

    public bool Images { get; init; } = true;

    /// <summary>Whether to remember packs, so that the next scan reads only what was not there before.</summary>
    public bool Cache { get; init; } = true;

    /// <summary>Whether archives and documents are opened.</summary>
    public bool Archives { get; init; } = true;

    public ArchiveLimits ArchiveLimits { get; init; } = new(null, null, null, null);

    /// <summary>Files that hold rules of the user's own.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Which part of the work to do; null for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>What is allowed to be found.</summary>
    public ImmutableArray<AllowEntry> Allow { get; init; } = [];

    /// <summary>Whether a comment on a key's line allows it.</summary>
    public bool AllowComments { get; init; } = true;

    public BaselineFile? Baseline { get; init; }

    /// <summary>Whether the baseline counts; not when it is to be written.</summary>
    public bool HeedBaseline { get; init; } = true;

    /// <summary>Whether reports list what is allowed.</summary>
    public bool ReportSuppressed { get; init; } = true;

    public ImmutableArray<string> Include { get; init; } = [];

    public ImmutableArray<string> Exclude { get; init; } = [];

    public required ImmutableArray<ReportTarget> Reports { get; init; }

    /// <summary>Whether a report shows pictures, with the keys covered.</summary>
    public bool Previews { get; init; }

    /// <summary>Where to write how histories can be freed of the keys; null for nowhere.</summary>
    public string? PurgePlan { get; init; }

    /// <summary>What the API is asked about the keys that are found.</summary>
    public VerifyMode Verify { get; init; }

    /// <summary>How many readings of a picture are sent to the API to find the one that is live.</summary>
    public int VerifyCandidates { get; init; }

    /// <summary>How the keys that are found are to be revoked; null for not at all.</summary>
    public RevokeOptions? Revoke { get; init; }

    public ApiOptions Api { get; init; } = new();

    public FailOn FailOn { get; init; } = FailOn.Any;

    /// <summary>How many threads scan.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    public ColorChoice Color { get; init; } = ColorChoice.Auto;

    /// <summary>Whether a scan that could not see everything may still exit 0.</summary>
    public bool AllowIncomplete { get; init; }
}
