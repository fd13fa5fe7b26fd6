using System.Collections.Immutable;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>A version of a file that was not there before.</summary>
/// <param name="Path">Relative to the top of the work tree.</param>
/// <param name="Id">The version's blob.</param>
/// <param name="Before">The blobs that lay at this path before: none for a new file, several for a merge.</param>
internal sealed record BroughtBlob(string Path, ObjectId Id, ImmutableArray<ObjectId> Before);
