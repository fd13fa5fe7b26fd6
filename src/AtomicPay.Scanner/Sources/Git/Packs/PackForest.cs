using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// A pack as the forest it is: roots are full objects, every other object is a delta on its parent. Entries are numbered in
/// the order of their offsets; a list of children runs through <see cref="Sibling"/> and ends with -1.
/// </summary>
internal sealed unsafe class PackForest
{
    private const int Root = -1;
    private const int Foreign = -2;
    private const int Dead = -3;
    private const int RootsInList = 64;
    private const int ParallelAbove = 50_000;

    private readonly ReadOptions _options;
    private readonly long[] _offsets;
    private readonly int[] _names;
    private readonly int[] _buckets;
    private readonly int _bucketShift;
    private readonly int _count;
    private readonly byte[] _types;
    private readonly List<int> _rootLists = [];
    private int _unfinished;
    private volatile bool _looksForward;
    private volatile bool _isCut;

    public PackForest(PackFile pack, ReadOptions options, IObjectSink sink)
    {
        Pack = pack;
        _options = options;
        Sink = sink;
        _offsets = new long[pack.Index.Count];
        _names = new int[pack.Index.Count];
        _count = ReadOffsets();
        OffsetOrder.Sort(_offsets, _names, _count);
        (_buckets, _bucketShift) = MakeBuckets();
        _types = new byte[_count];
        FirstChild = new int[_count];
        Sibling = new int[_count];
        ReadHeads();
        Link();
        _unfinished = _rootLists.Count;
    }

    public PackFile Pack { get; }

    /// <summary>Takes what this pack holds.</summary>
    public IObjectSink Sink { get; }

    /// <summary>Per entry its first child, or -1.</summary>
    public int[] FirstChild { get; }

    /// <summary>Per entry the next in the list that it stands in, or -1. Whoever takes a list may cut it.</summary>
    public int[] Sibling { get; }

    public bool IsEmpty => _rootLists.Count == 0;

    /// <summary>The first entry of a list of roots. A root that is a delta has its base outside of this pack.</summary>
    public int TakeRootList(out bool isLast)
    {
        var first = _rootLists[^1];
        _rootLists.RemoveAt(_rootLists.Count - 1);
        isLast = IsEmpty;
        return first;
    }

    /// <summary>Notes that a list was divided, so that two have to be finished now.</summary>
    public void Divide() => Interlocked.Increment(ref _unfinished);

    /// <summary>Notes that a list is finished, to its end or not; closes the pack after the last.</summary>
    public void Finish(bool isWhole)
    {
        if (!isWhole)
        {
            _isCut = true;
        }

        if (Interlocked.Decrement(ref _unfinished) > 0)
        {
            return;
        }

        if (!_isCut)
        {
            Sink.Finish();
        }

        Pack.Dispose();
    }

    public ReadOnlySpan<byte> Name(int entry) => Pack.Index.Name(_names[entry]);

    /// <summary>The first byte behind an entry's room in the pack.</summary>
    public byte* End(int entry)
    {
        var next = entry + 1;
        while (next < _count && _offsets[next] == _offsets[entry])
        {
            next++;
        }

        return Pack.Pointer + (next < _count ? _offsets[next] : Pack.DataEnd);
    }

    /// <summary>Only for entries whose head was read when the forest was made.</summary>
    public PackEntry Entry(int entry) =>
        PackEntry.TryRead(Pack.Pointer + _offsets[entry], End(entry), Pack.HashSize, out var head) ? head : default;

    /// <summary>What an entry says that it is; null for a delta, which is what its base is, and for one that is damaged.</summary>
    public GitObjectKind? KindOf(int entry) => _types[entry] is >= (byte)GitObjectKind.Commit and <= (byte)GitObjectKind.Tag and var type ? (GitObjectKind)type : null;

    /// <summary>Skips everything that is a delta on an entry, directly or not.</summary>
    public void SkipDescendants(int entry, GitObjectKind? kind, string fate = "could not be read")
    {
        var open = new Stack<int>();
        open.Push(entry);
        while (open.TryPop(out var parent))
        {
            for (var child = FirstChild[parent]; child >= 0; child = Sibling[child])
            {
                Skip(child, $"its delta base {new ObjectId(Name(parent))} {fate}", kind);
                open.Push(child);
            }
        }
    }

    public void Skip(int entry, string reason, GitObjectKind? kind = null) => Sink.Skip(new ObjectId(Name(entry)), reason, kind);

    private int ReadOffsets()
    {
        var count = 0;
        for (var i = 0; i < _offsets.Length; i++)
        {
            var offset = Pack.Index.Offset(i);
            if (offset < PackFile.HeaderBytes || offset >= Pack.DataEnd)
            {
                Sink.Skip(new ObjectId(Pack.Index.Name(i)), "the index places it outside of its pack");
                continue;
            }

            _offsets[count] = offset;
            _names[count++] = i;
        }

        return count;
    }

    /// <summary>
    /// Per slice of the pack the first entry at or behind its beginning: so a base is found in a step or two, where a binary
    /// search over all offsets would miss the cache at every turn.
    /// </summary>
    private (int[] Buckets, int Shift) MakeBuckets()
    {
        var shift = 0;
        while (Pack.DataEnd >> shift > Math.Max(_count, 1))
        {
            shift++;
        }

        var buckets = new int[(int)(Pack.DataEnd >> shift) + 2];
        var next = 0;
        for (var i = 0; i < _count; i++)
        {
            for (var bucket = (int)(_offsets[i] >> shift); next <= bucket; next++)
            {
                buckets[next] = i;
            }
        }

        buckets.AsSpan(next).Fill(_count);
        return (buckets, shift);
    }

    private int Find(long offset)
    {
        var bucket = (int)(offset >> _bucketShift);
        var (low, high) = (_buckets[bucket], _buckets[bucket + 1]);
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = _offsets[middle] < offset ? (middle + 1, high) : (low, middle);
        }

        return low < _count && _offsets[low] == offset ? low : -1;
    }

    private void ReadHeads()
    {
        if (_count < ParallelAbove || _options.Jobs < 2)
        {
            ReadHeads(0, _count);
            return;
        }

        const int Slice = 16 * 1024;
        Parallel.For(
            0,
            (_count + Slice - 1) / Slice,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Jobs },
            slice => ReadHeads(slice * Slice, Math.Min(_count, (slice + 1) * Slice)));
    }

    private void ReadHeads(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            Sibling[i] = ReadParent(i);
            FirstChild[i] = -1;
        }
    }

    private int ReadParent(int entry)
    {
        var offset = _offsets[entry];
        if (entry > 0 && _offsets[entry - 1] == offset)
        {
            return Refuse(entry, "the index gives its place to another object as well");
        }

        if (!PackEntry.TryRead(Pack.Pointer + offset, End(entry), Pack.HashSize, out var head))
        {
            return Refuse(entry, "its entry in the pack is damaged");
        }

        _types[entry] = (byte)head.Type;
        switch (head.Type)
        {
            case PackEntry.OffsetDelta:
                var parent = head.BaseDistance > 0 && head.BaseDistance < offset ? Find(offset - head.BaseDistance) : -1;
                return parent >= 0 ? parent : Refuse(entry, "the index does not know its delta base");

            case PackEntry.NamedDelta:
                var position = Pack.Index.Find(new ReadOnlySpan<byte>(head.BaseName, Pack.HashSize));
                var baseOffset = position < 0 ? -1 : Pack.Index.Offset(position);
                if (baseOffset < PackFile.HeaderBytes || baseOffset >= Pack.DataEnd)
                {
                    return Foreign;
                }

                var named = Find(baseOffset);
                _looksForward |= named >= entry;
                return named;

            default:
                return Root;
        }
    }

    private int Refuse(int entry, string reason)
    {
        Skip(entry, reason);
        return Dead;
    }

    /// <summary>Turns the parents, which stand where the siblings will, into lists of children; backwards, so that a list runs forwards.</summary>
    private void Link()
    {
        var (dead, foreign) = (new List<int>(), new List<int>());
        var list = -1;
        var inList = 0;
        for (var i = _count - 1; i >= 0; i--)
        {
            var parent = Sibling[i];
            if (parent >= 0)
            {
                Sibling[i] = FirstChild[parent];
                FirstChild[parent] = i;
            }
            else if (parent == Foreign || (parent == Root && ((int)_options.Kinds & (1 << _types[i])) != 0))
            {
                if (inList == RootsInList)
                {
                    _rootLists.Add(list);
                    (list, inList) = (-1, 0);
                }

                Sibling[i] = list;
                list = i;
                inList++;
                if (parent == Foreign)
                {
                    foreign.Add(i);
                }
            }
            else
            {
                Sibling[i] = -1;
                if (parent == Dead)
                {
                    dead.Add(i);
                }
            }
        }

        if (list >= 0)
        {
            _rootLists.Add(list);
        }

        dead.ForEach(entry => SkipDescendants(entry, KindOf(entry)));
        if (_looksForward)
        {
            SkipCircles([.. dead, .. foreign]);
        }
    }

    /// <summary>An object that is, over others, a delta on itself hangs from no root, so nobody would come to it.</summary>
    private void SkipCircles(List<int> withoutParent)
    {
        var reached = new bool[_count];
        var open = new Stack<int>(withoutParent);
        for (var i = 0; i < _count; i++)
        {
            if (_types[i] is >= (int)GitObjectKind.Commit and <= (int)GitObjectKind.Tag)
            {
                open.Push(i);
            }
        }

        while (open.TryPop(out var entry))
        {
            reached[entry] = true;
            for (var child = FirstChild[entry]; child >= 0; child = Sibling[child])
            {
                open.Push(child);
            }
        }

        for (var i = 0; i < _count; i++)
        {
            if (!reached[i])
            {
                Skip(i, "its delta bases form a circle");
            }
        }
    }
}
