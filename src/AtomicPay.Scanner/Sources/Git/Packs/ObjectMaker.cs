using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Makes objects of a pack's entries, one at a time for one thread: inflates them, applies deltas, shows the result to the
/// sink, and hands back what others are deltas on.
/// </summary>
internal sealed unsafe class ObjectMaker
{
    private const string BadDelta = "its delta is damaged";

    private readonly ReadOptions _options;
    private readonly MemoryBudget _budget;
    private readonly ObjectLookup _lookup;
    private readonly BufferPool _pool = new();
    private readonly EntryInflater _inflater;
    private readonly WindowFeed _feed;
    private bool _holdsLarge;
    private PackForest _forest = null!;

    public ObjectMaker(ReadOptions options, MemoryBudget budget, ObjectLookup lookup)
    {
        _options = options;
        _budget = budget;
        _lookup = lookup;
        _inflater = new EntryInflater(_pool);
        _feed = new WindowFeed(options.WindowBytes, options.WindowOverlap);
    }

    public void Begin(PackForest forest)
    {
        _forest = forest;
        _feed.Sink = forest.Sink;
    }

    /// <summary>Lets other threads hold very large objects again.</summary>
    public void End()
    {
        if (_holdsLarge)
        {
            _holdsLarge = false;
            _budget.LeaveLarge();
        }
    }

    /// <summary>
    /// Makes an object that its pack holds whole, or whose base lies outside of its pack. Null when no other is a delta on
    /// it, or when it could not be made for a <paramref name="reason"/>.
    /// </summary>
    public HeldObject? MakeRoot(int entry, out string? reason)
    {
        var head = _forest.Entry(entry);
        if (head.Type == PackEntry.NamedDelta)
        {
            return MakeForeign(entry, out reason);
        }

        reason = null;
        var kind = (GitObjectKind)head.Type;
        var header = new ObjectHeader(_forest.Name(entry), kind, head.Size);
        var isLeaf = _forest.FirstChild[entry] < 0;
        if (head.Size > (isLeaf ? _options.WholeUpTo : _options.LargestBase))
        {
            if (!EntryInflater.TryStream(head.Data, _forest.End(entry), header, _feed))
            {
                reason = EntryInflater.Damaged;
            }
            else if (!isLeaf)
            {
                _forest.SkipDescendants(entry, kind, "is too large to be held");
            }

            return null;
        }

        EnterIfLarge(head.Size);
        var buffer = Inflate(entry, head, out var damage);
        if (buffer is null)
        {
            reason = damage;
            return null;
        }

        var isDirty = _forest.Sink.Accept(header, new ReadOnlySpan<byte>(buffer, 0, (int)head.Size));
        return Hold(new HeldObject(null, entry, kind), buffer, (int)head.Size, !isDirty);
    }

    /// <summary>A delta whose base lies outside of its pack, as in a pack that was sent over the wire and not completed.</summary>
    private HeldObject? MakeForeign(int entry, out string? reason)
    {
        var held = Load(entry, out reason);
        if (held is null)
        {
            return null;
        }

        var isWanted = ((int)_options.Kinds & (1 << (int)held.Kind)) != 0;
        var made = isWanted ? MakeDelta(entry, held, out reason) : null;
        Release(held);
        return made;
    }

    private HeldObject? Load(int entry, out string? reason)
    {
        var name = new ReadOnlySpan<byte>(_forest.Entry(entry).BaseName, _forest.Pack.HashSize);
        if (_lookup.TryLoad(name, out var fate) is not { } loaded)
        {
            reason = $"its delta base {new ObjectId(name)} {fate}";
            return null;
        }

        reason = null;
        // The bytes stay with this thread, whose pool they go to when they are no longer held.
        _budget.Add(loaded.Bytes.Length);
        return new HeldObject(null, entry, loaded.Kind) { Buffer = loaded.Bytes, Length = loaded.Length };
    }

    /// <summary>Makes an object of another that is at hand. Null as for a root.</summary>
    public HeldObject? MakeDelta(int entry, HeldObject source, out string? reason)
    {
        var head = _forest.Entry(entry);
        if (head.Size > _options.LargestBase)
        {
            reason = "its delta is too large to be held";
            return null;
        }

        EnterIfLarge(head.Size);

        var delta = Inflate(entry, head, out var damage);
        if (delta is null)
        {
            reason = damage;
            return null;
        }

        try
        {
            return Apply(entry, source, delta, (int)head.Size, out reason);
        }
        finally
        {
            _pool.Return(delta);
        }
    }

    private HeldObject? Apply(int entry, HeldObject source, byte[] delta, int deltaLength, out string? reason)
    {
        reason = BadDelta;
        if (!Delta.TryReadSizes(delta.AsSpan(0, deltaLength), out var start, out var sourceLength, out var length) || sourceLength != source.Length)
        {
            return null;
        }

        var header = new ObjectHeader(_forest.Name(entry), source.Kind, length);
        var isLeaf = _forest.FirstChild[entry] < 0;
        if (length > (isLeaf ? _options.WholeUpTo : _options.LargestBase))
        {
            _feed.Start();
            if (Delta.Stream(delta, start, deltaLength, source.Buffer!, source.Length, _feed, header))
            {
                _feed.Finish(header);
                reason = null;
                _forest.SkipDescendants(entry, source.Kind, "is too large to be held");
            }

            return null;
        }

        var isClean = false;
        if (source.IsClean && _options.Margin is { } margin)
        {
            var fresh = _pool.Rent(Delta.FreshLimit(deltaLength - start, length, margin));
            var count = Delta.Fresh(delta, start, deltaLength, source.Buffer!, source.Length, length, margin, fresh);
            isClean = count >= 0 && !_forest.Sink.IsWanted(header, new ReadOnlySpan<byte>(fresh, 0, count));
            _pool.Return(fresh);
            if (count < 0 || (isClean && isLeaf))
            {
                reason = count < 0 ? BadDelta : null;
                return null;
            }
        }

        EnterIfLarge(length);
        var buffer = _pool.Rent(length);
        if (!Delta.Apply(delta, start, deltaLength, source.Buffer!, source.Length, buffer, (int)length))
        {
            _pool.Return(buffer);
            return null;
        }

        reason = null;
        isClean = isClean || !_forest.Sink.Accept(header, new ReadOnlySpan<byte>(buffer, 0, (int)length));
        return Hold(new HeldObject(source, entry, source.Kind), buffer, (int)length, isClean);
    }

    /// <summary>Of objects that are held whole only because others are deltas on them, one thread at a time has some.</summary>
    private void EnterIfLarge(long size)
    {
        if (size > _options.WholeUpTo && !_holdsLarge)
        {
            _budget.EnterLarge();
            _holdsLarge = true;
        }
    }

    private byte[]? Inflate(int entry, in PackEntry head, out string reason)
    {
        var pack = _forest.Pack;
        return _inflater.TryInflate(head.Data, _forest.End(entry), pack.Pointer + pack.MappedEnd, head.Size, out reason);
    }

    /// <summary>Null when nobody needs it any more.</summary>
    private HeldObject? Hold(HeldObject made, byte[] buffer, int length, bool isClean)
    {
        if (_forest.FirstChild[made.Entry] < 0)
        {
            _pool.Return(buffer);
            return null;
        }

        (made.Buffer, made.Length, made.IsClean) = (buffer, length, isClean);
        _budget.Add(buffer.Length);
        return made;
    }

    /// <summary>Drops an object when nobody uses it any more.</summary>
    public void Release(HeldObject held)
    {
        if (held.Release())
        {
            Drop(held);
        }
    }

    /// <summary>Drops an object's bytes.</summary>
    public void Drop(HeldObject held)
    {
        if (held.Buffer is { } buffer)
        {
            held.Buffer = null;
            _budget.Add(-buffer.Length);
            _pool.Return(buffer);
        }
    }

    /// <summary>Fills an object that was dropped; false when that cannot be done.</summary>
    public bool TryRefill(HeldObject held, HeldObject? source)
    {
        if (MakeAgain(held, source) is not { } buffer)
        {
            return false;
        }

        held.Buffer = buffer;
        _budget.Add(buffer.Length);
        return true;
    }

    private byte[]? MakeAgain(HeldObject held, HeldObject? source)
    {
        var head = _forest.Entry(held.Entry);
        if (held.Parent is null)
        {
            if (!head.IsDelta)
            {
                return Inflate(held.Entry, head, out _);
            }

            var loaded = Load(held.Entry, out _);
            _budget.Add(-loaded?.Buffer?.Length ?? 0);
            return loaded?.Buffer;
        }

        var delta = Inflate(held.Entry, head, out _);
        if (delta is null)
        {
            return null;
        }

        var buffer = _pool.Rent(held.Length);
        var isMade = Delta.TryReadSizes(delta.AsSpan(0, (int)head.Size), out var start, out _, out _)
            && Delta.Apply(delta, start, (int)head.Size, source!.Buffer!, source.Length, buffer, held.Length);
        _pool.Return(delta);
        return isMade ? buffer : null;
    }
}
