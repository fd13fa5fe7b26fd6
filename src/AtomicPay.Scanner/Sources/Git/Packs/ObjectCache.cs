using System.Diagnostics.CodeAnalysis;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Objects that were made of a pack's entries, for those that are deltas on them: the oldest are dropped for new ones.
/// </summary>
internal sealed class ObjectCache(long limit)
{
    // One object may not drive out all others.
    private const int LargestShare = 8;

    private readonly Dictionary<nint, (byte[] Bytes, int Length, GitObjectKind Kind)> _objects = [];
    private readonly Queue<nint> _order = new();
    private long _held;

    public bool TryFind(nint entry, [NotNullWhen(true)] out byte[]? bytes, out int length, out GitObjectKind kind)
    {
        var isHere = _objects.TryGetValue(entry, out var found);
        (bytes, length, kind) = found;
        return isHere;
    }

    public void Add(nint entry, byte[] bytes, int length, GitObjectKind kind)
    {
        if (bytes.Length > limit / LargestShare || !_objects.TryAdd(entry, (bytes, length, kind)))
        {
            return;
        }

        _order.Enqueue(entry);
        _held += bytes.Length;
        while (_held > limit)
        {
            _objects.Remove(_order.Dequeue(), out var dropped);
            _held -= dropped.Bytes.Length;
        }
    }
}
