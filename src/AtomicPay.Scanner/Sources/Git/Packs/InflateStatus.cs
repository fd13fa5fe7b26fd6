namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>How an inflation ended.</summary>
internal enum InflateStatus
{
    /// <summary>The stream ended where the target ended, and its checksum is right.</summary>
    Done,

    /// <summary>The target is full and the stream goes on; what is in the target is right.</summary>
    OutputFull,

    /// <summary>The stream ended before the target was full; its checksum is right.</summary>
    EndedEarly,

    /// <summary>The stream is not valid, or is cut off.</summary>
    Corrupt,
}
