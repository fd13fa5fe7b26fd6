using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Lfs;

/// <summary>The pointers that were met while objects were read, with the blobs that they are. From all threads.</summary>
internal sealed class LfsPointers
{
    private readonly ConcurrentDictionary<LfsPointer, ObjectId> _blobs = new();

    public IEnumerable<KeyValuePair<LfsPointer, ObjectId>> All => _blobs;

    /// <summary>Pointers may differ beside what they name; one blob stands for all of them, the same in every scan.</summary>
    public void Add(LfsPointer pointer, ObjectId blob) =>
        _blobs.AddOrUpdate(pointer, blob, (_, known) => known.CompareTo(blob) < 0 ? known : blob);

    /// <summary>The blob that names a content; null when none does.</summary>
    public ObjectId? BlobOf(LfsPointer pointer) => _blobs.TryGetValue(pointer, out var blob) ? blob : null;
}
