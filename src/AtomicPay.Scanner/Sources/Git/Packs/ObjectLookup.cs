using System.Diagnostics.CodeAnalysis;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Finds single objects by name, for the rare delta whose base lies outside of its pack, and tells which loose objects are
/// packed as well.
/// </summary>
internal sealed unsafe class ObjectLookup(IReadOnlyList<string> folders, int hashSize, ReadOptions options, ObjectCache? cache = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _unopened = [];
    private readonly BufferPool _pool = new();
    private EntryInflater? _inflater;
    private volatile bool _hasUnopened;
    private volatile PackFile[] _opened = [];

    /// <summary>Adds packs to look into; they are opened when something is looked up.</summary>
    public void Add(IEnumerable<string> packs)
    {
        lock (_lock)
        {
            _unopened.AddRange(packs.Where(_known.Add));
            _hasUnopened = _unopened.Count > 0;
        }
    }

    public bool IsPacked(ReadOnlySpan<byte> name) => TryFind(name, out _, out _);

    /// <summary>
    /// Makes an object of what it is a delta on, over however many packs. The bytes have <see cref="Inflater.TargetSlack"/>
    /// bytes behind them; where there is a cache they are its own, not to be changed or used again. False with what became
    /// of the object, to be read after its name.
    /// </summary>
    public bool TryLoad(
        ReadOnlySpan<byte> name,
        [NotNullWhen(true)] out byte[]? bytes,
        out int length,
        out GitObjectKind kind,
        out string fate)
    {
        lock (_lock)
        {
            (bytes, length, kind) = (null, 0, default);
            var deltas = new Stack<(PackFile Pack, PackEntry Entry, nint At)>();
            var seen = new HashSet<nint>();
            if (!TryFind(name, out var pack, out var at))
            {
                return TryLoadLoose(name, out bytes, out length, out kind, out fate);
            }

            while (true)
            {
                if (cache is not null && cache.TryFind((nint)at, out bytes, out length, out kind))
                {
                    break;
                }

                if (!seen.Add((nint)at) || !PackEntry.TryRead(at, pack.Pointer + pack.DataEnd, hashSize, out var entry))
                {
                    fate = "could not be read";
                    return false;
                }

                if (!entry.IsDelta)
                {
                    kind = (GitObjectKind)entry.Type;
                    bytes = TryInflate(pack, entry);
                    length = (int)Math.Min(entry.Size, int.MaxValue);
                    if (bytes is not null)
                    {
                        cache?.Add((nint)at, bytes, length, kind);
                    }

                    break;
                }

                deltas.Push((pack, entry, (nint)at));
                if (entry.Type == PackEntry.OffsetDelta && entry.BaseDistance <= at - pack.Pointer - PackFile.HeaderBytes)
                {
                    at -= entry.BaseDistance;
                }
                else if (entry.Type != PackEntry.NamedDelta || !TryFind(new(entry.BaseName, hashSize), out pack, out at))
                {
                    if (entry.Type != PackEntry.NamedDelta || !TryLoadLoose(new(entry.BaseName, hashSize), out bytes, out length, out kind, out fate))
                    {
                        fate = "lacks a delta base";
                        return false;
                    }

                    break;
                }
            }

            while (bytes is not null && deltas.TryPop(out var delta))
            {
                var source = bytes;
                bytes = TryApply(delta.Pack, delta.Entry, source, length, out length);
                if (cache is null)
                {
                    _pool.Return(source);
                }
                else if (bytes is not null)
                {
                    cache.Add(delta.At, bytes, length, kind);
                }
            }

            fate = bytes is null ? "could not be read" : "was read";
            return bytes is not null;
        }
    }

    public void Dispose()
    {
        foreach (var pack in _opened)
        {
            pack.Dispose();
        }
    }

    private void OpenAll()
    {
        lock (_lock)
        {
            _opened = [.. _opened, .. _unopened.Select(TryOpen).OfType<PackFile>()];
            _unopened.Clear();
            _hasUnopened = false;
        }
    }

    private PackFile? TryOpen(string path)
    {
        try
        {
            return PackFile.Open(path, hashSize, out _);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out PackFile? found, out byte* at)
    {
        if (_hasUnopened)
        {
            OpenAll();
        }

        foreach (var pack in _opened)
        {
            var position = pack.Index.Find(name);
            var offset = position < 0 ? -1 : pack.Index.Offset(position);
            if (offset >= PackFile.HeaderBytes && offset < pack.DataEnd)
            {
                found = pack;
                at = pack.Pointer + offset;
                return true;
            }
        }

        found = null;
        at = null;
        return false;
    }

    private byte[]? TryInflate(PackFile pack, in PackEntry entry)
    {
        _inflater ??= new EntryInflater(_pool);
        return entry.Size > options.LargestBase
            ? null
            : _inflater.TryInflate(entry.Data, pack.Pointer + pack.DataEnd, pack.Pointer + pack.MappedEnd, entry.Size, out _);
    }

    private byte[]? TryApply(PackFile pack, in PackEntry entry, byte[] source, int sourceLength, out int length)
    {
        length = 0;
        if (TryInflate(pack, entry) is not { } delta)
        {
            return null;
        }

        var deltaLength = (int)entry.Size;
        if (!Delta.TryReadSizes(delta.AsSpan(0, deltaLength), out var start, out var stated, out var size)
            || stated != sourceLength
            || size > options.LargestBase)
        {
            return null;
        }

        var buffer = _pool.Rent(size);
        length = (int)size;
        var isMade = Delta.Apply(delta, start, deltaLength, source, sourceLength, buffer, length);
        _pool.Return(delta);
        return isMade ? buffer : null;
    }

    private bool TryLoadLoose(ReadOnlySpan<byte> name, [NotNullWhen(true)] out byte[]? bytes, out int length, out GitObjectKind kind, out string fate)
    {
        (bytes, length, kind, fate) = (null, 0, default, "could not be read");
        var hex = Convert.ToHexStringLower(name);
        var path = folders.Select(folder => Path.Join(folder, hex[..2], hex[2..])).FirstOrDefault(File.Exists);
        if (path is null)
        {
            fate = "is not in the repository";
            return false;
        }

        try
        {
            var content = File.ReadAllBytes(path);
            var count = content.Length;
            Array.Resize(ref content, count + Inflater.SourceSlack);
            var file = new LooseFile(_pool);
            if (!file.TryReadHead(content, count) || file.Size > options.LargestBase || file.TryInflate(content, count) is not { } inflated)
            {
                return false;
            }

            inflated.AsSpan(file.HeadLength, (int)file.Size).CopyTo(inflated);
            (bytes, length, kind) = (inflated, (int)file.Size, file.Kind);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
