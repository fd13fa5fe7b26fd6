namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Objects that were made of a pack's entries, for those that are deltas on them: the oldest are dropped for new ones.
/// </summary>
/// <param name="limit">Bytes that are held, with the room to spare of each object's array.</param>
internal sealed class ObjectCache(long limit)
{
    // One object may not drive out all others.
    private const int LargestShare = 8;

    private readonly Dictionary<nint, LoadedObject> _objects = [];
    private readonly Queue<nint> _order = new();
    private long _held;

    /// <summary>The object made of an entry, for one more user; null when it is not here.</summary>
    public LoadedObject? Find(nint entry) => _objects.TryGetValue(entry, out var found) ? found.Share() : null;

    public void Add(nint entry, LoadedObject made)
    {
        if (made.Bytes.Length > limit / LargestShare || !_objects.TryAdd(entry, made))
        {
            return;
        }

        made.Share();
        _order.Enqueue(entry);
        _held += made.Bytes.Length;
        while (_held > limit)
        {
            _objects.Remove(_order.Dequeue(), out var dropped);
            _held -= dropped!.Bytes.Length;
            dropped.Dispose();
        }
    }
}
