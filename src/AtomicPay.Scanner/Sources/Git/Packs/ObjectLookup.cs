using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Makes single objects of what they are deltas on, over however many packs.</summary>
/// <param name="packs">Where they lie.</param>
/// <param name="options">Within which bounds.</param>
/// <param name="cache">Keeps what others are deltas on; then only one thread may call.</param>
internal sealed unsafe class ObjectLookup(OpenPacks packs, ReadOptions options, ObjectCache? cache = null)
{
    private readonly Lock _lock = new();
    // What a cache gives back is soon asked for again, and seldom all at once.
    private readonly BufferPool _pool = new(mostPooled: 8L << 20);
    private readonly Stack<(PackFile Pack, PackEntry Entry, nint At)> _deltas = new();
    private EntryInflater? _inflater;

    /// <summary>Null with what became of the object, to be read after its name.</summary>
    public LoadedObject? TryLoad(ReadOnlySpan<byte> name, out string fate)
    {
        lock (_lock)
        {
            _deltas.Clear();
            var loaded = FindRoot(name, out fate);
            while (loaded is not null && _deltas.TryPop(out var delta))
            {
                using var source = loaded;
                loaded = TryApply(delta.Pack, delta.Entry, source);
                Keep(delta.At, loaded);
            }

            return loaded;
        }
    }

    /// <summary>The object that the chain of an object's deltas, which are left on the stack, begins with.</summary>
    private LoadedObject? FindRoot(ReadOnlySpan<byte> name, out string fate)
    {
        fate = "could not be read";
        if (!packs.TryFind(name, out var pack, out var at))
        {
            return TryLoadLoose(name, out fate);
        }

        // Offsets lead ever further to the front of a pack; only names can lead back.
        HashSet<nint>? named = null;
        while (true)
        {
            if (cache?.Find((nint)at) is { } known)
            {
                return known;
            }

            if (!PackEntry.TryRead(at, pack.Pointer + pack.DataEnd, packs.HashSize, out var entry))
            {
                return null;
            }

            if (!entry.IsDelta)
            {
                var root = TryInflate(pack, entry) is { } bytes ? new LoadedObject(_pool, bytes, (int)entry.Size, (GitObjectKind)entry.Type) : null;
                Keep((nint)at, root);
                return root;
            }

            _deltas.Push((pack, entry, (nint)at));
            if (entry.Type == PackEntry.OffsetDelta && entry.BaseDistance > 0 && entry.BaseDistance <= at - pack.Pointer - PackFile.HeaderBytes)
            {
                at -= entry.BaseDistance;
                continue;
            }

            if (entry.Type != PackEntry.NamedDelta)
            {
                fate = "lacks a delta base";
                return null;
            }

            if (!(named ??= []).Add((nint)at))
            {
                return null;
            }

            var baseName = new ReadOnlySpan<byte>(entry.BaseName, packs.HashSize);
            if (!packs.TryFind(baseName, out pack, out at))
            {
                var loose = TryLoadLoose(baseName, out _);
                fate = loose is null ? "lacks a delta base" : fate;
                return loose;
            }
        }
    }

    private void Keep(nint at, LoadedObject? made)
    {
        if (made is not null)
        {
            cache?.Add(at, made);
        }
    }

    private byte[]? TryInflate(PackFile pack, in PackEntry entry)
    {
        _inflater ??= new EntryInflater(_pool);
        return entry.Size > options.LargestBase
            ? null
            : _inflater.TryInflate(entry.Data, pack.Pointer + pack.DataEnd, pack.Pointer + pack.MappedEnd, entry.Size, out _);
    }

    private LoadedObject? TryApply(PackFile pack, in PackEntry entry, LoadedObject source)
    {
        if (TryInflate(pack, entry) is not { } delta)
        {
            return null;
        }

        var deltaLength = (int)entry.Size;
        LoadedObject? made = null;
        if (Delta.TryReadSizes(delta.AsSpan(0, deltaLength), out var start, out var stated, out var size)
            && stated == source.Length
            && size <= options.LargestBase)
        {
            var buffer = _pool.Rent(size);
            if (Delta.Apply(delta, start, deltaLength, source.Bytes, source.Length, buffer, (int)size))
            {
                made = new LoadedObject(_pool, buffer, (int)size, source.Kind);
            }
            else
            {
                _pool.Return(buffer);
            }
        }

        _pool.Return(delta);
        return made;
    }

    private LoadedObject? TryLoadLoose(ReadOnlySpan<byte> name, out string fate)
    {
        fate = "could not be read";
        if (packs.FindLoose(name) is not { } path)
        {
            fate = "is not in the repository";
            return null;
        }

        try
        {
            var content = File.ReadAllBytes(path);
            var count = content.Length;
            Array.Resize(ref content, count + Inflater.SourceSlack);
            var file = new LooseFile(_pool);
            if (!file.TryReadHead(content, count) || file.Size > options.LargestBase || file.TryInflate(content, count) is not { } inflated)
            {
                return null;
            }

            inflated.AsSpan(file.HeadLength, (int)file.Size).CopyTo(inflated);
            return new LoadedObject(_pool, inflated, (int)file.Size, file.Kind);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
