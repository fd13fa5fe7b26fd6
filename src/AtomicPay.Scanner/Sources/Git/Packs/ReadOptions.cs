namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>How a database is read, and within which bounds.</summary>
internal sealed record ReadOptions
{
    private static readonly long LargestArray = Array.MaxLength - (1 << 20);

    /// <summary>Threads that read at once.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Objects of other kinds are read only where a wanted one is a delta on them, which git never writes.</summary>
    public ObjectKinds Kinds { get; init; } = ObjectKinds.All;

    /// <summary>
    /// Bytes shown on either side of a seam: one less than the longest thing the sink looks for. Null when the sink wants
    /// every object whole.
    /// </summary>
    public int? Margin { get; init; }

    /// <summary>Bytes of delta bases held before the oldest are dropped and made again when needed.</summary>
    public long HeldBytes { get; init; } = 256L << 20;

    /// <summary>Objects of more bytes come in windows, unless others are deltas on them.</summary>
    public long WholeUpTo
    {
        get;
        init => field = Math.Min(value, LargestArray);
    } = 64L << 20;

    /// <summary>Objects of more bytes always come in windows, and those that are deltas on them are skipped.</summary>
    public long LargestBase
    {
        get;
        init => field = Math.Min(value, LargestArray);
    } = 1L << 30;

    /// <summary>Bytes of a window, its overlap included.</summary>
    public int WindowBytes { get; init; } = 4 << 20;

    public int WindowOverlap { get; init; } = Content.ContentWindow.Overlap;
}
