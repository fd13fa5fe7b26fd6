using System.Collections.Immutable;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Findings;

/// <summary>What has to change in a repository for its history to hold no leaked key. It names places and hashes, and no key.</summary>
/// <param name="Repository">The repository's folder relative to the scanned root; empty for the root itself.</param>
/// <param name="IsSupported">Whether there is a tool for its format: none rewrites repositories that use SHA-256.</param>
internal sealed record HistoryPurge(string Repository, bool IsSupported)
{
    /// <summary>Bytes of files to overwrite, by blob: so a file keeps its length, and what points into it still fits.</summary>
    public ImmutableSortedDictionary<ObjectId, ImmutableArray<ByteRange>> Overwritten { get; init; } = ImmutableSortedDictionary<ObjectId, ImmutableArray<ByteRange>>.Empty;

    /// <summary>Blobs to replace whole: pictures, archives and documents, of which no byte can be changed without breaking them.</summary>
    public ImmutableSortedSet<ObjectId> Replaced { get; init; } = [];

    /// <summary>Bytes to overwrite in the messages of commits and tags; no range at all stands for the whole message.</summary>
    public ImmutableSortedDictionary<ObjectId, ImmutableArray<ByteRange>> Messages { get; init; } = ImmutableSortedDictionary<ObjectId, ImmutableArray<ByteRange>>.Empty;

    /// <summary>SHA-256 of the names of files and folders.</summary>
    public ImmutableSortedSet<string> FileNames { get; init; } = [];

    /// <summary>SHA-256 of full names of refs.</summary>
    public ImmutableSortedSet<string> RefNames { get; init; } = [];

    /// <summary>SHA-256 of the names and addresses of people.</summary>
    public ImmutableSortedSet<string> People { get; init; } = [];

    public bool IsEmpty => Overwritten.IsEmpty && Replaced.IsEmpty && Messages.IsEmpty && FileNames.IsEmpty && RefNames.IsEmpty && People.IsEmpty;
}
