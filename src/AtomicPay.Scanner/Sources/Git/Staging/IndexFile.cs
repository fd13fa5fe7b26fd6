using System.Buffers.Binary;
using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>
/// git's index, versions 2 to 4, split or sparse or not, as <c>gitformat-index</c> describes it. Its checksum is not looked at:
/// it would take most of the time, and git itself skips it when it only reads.
/// </summary>
internal sealed class IndexFile
{
    private const int HeaderSize = 12;
    private const int StatSize = 40;
    private const int ModeOffset = 24;
    private const ushort IsExtended = 0x4000;
    private const ushort IntentToAdd = 0x2000;
    private const ushort NameLengthMask = 0x0FFF;

    private readonly byte[] _ids;
    private readonly byte[] _paths;

    private IndexFile(int hashSize, byte[] ids, byte[] paths, IndexEntry[] entries)
    {
        HashSize = hashSize;
        _ids = ids;
        _paths = paths;
        Entries = entries;
    }

    /// <summary>Bytes of an object's name.</summary>
    public int HashSize { get; }

    /// <summary>Sorted by path, then stage.</summary>
    public IndexEntry[] Entries { get; private init; }

    /// <summary>The top of the cache-tree; null where git left none.</summary>
    public CachedTree? Tree { get; private set; }

    private SplitIndexLink? Link { get; set; }

    /// <param name="path">The index; none at all is an empty one, as for git.</param>
    /// <param name="hashSize">Bytes of an object's name.</param>
    /// <param name="gitFolder">Where the shared part of a split index lies.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not known.</exception>
    public static IndexFile Read(string path, int hashSize, string gitFolder)
    {
        if (!File.Exists(path))
        {
            return new IndexFile(hashSize, [], [], []);
        }

        var own = Parse(File.ReadAllBytes(path), hashSize);
        return own.Link is { Base: { } shared } link
            ? link.Join(Parse(File.ReadAllBytes(Path.Join(gitFolder, $"sharedindex.{shared}")), hashSize), own)
            : own;
    }

    /// <summary>An index put together from entries that lie in others.</summary>
    public static IndexFile Of(int hashSize, IReadOnlyList<(IndexFile From, IndexEntry Entry, ReadOnlyMemory<byte> Path)> parts, CachedTree? tree)
    {
        using var ids = new MemoryStream();
        using var paths = new MemoryStream();
        var entries = new IndexEntry[parts.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (from, entry, path) = parts[i];
            entries[i] = entry with { PathStart = (int)paths.Length, PathLength = path.Length, IdStart = (int)ids.Length };
            paths.Write(path.Span);
            ids.Write(from._ids, entry.IdStart, hashSize);
        }

        return new IndexFile(hashSize, ids.ToArray(), paths.ToArray(), entries) { Tree = tree };
    }

    public ReadOnlySpan<byte> PathOf(in IndexEntry entry) => _paths.AsSpan(entry.PathStart, entry.PathLength);

    public ReadOnlyMemory<byte> PathMemoryOf(in IndexEntry entry) => _paths.AsMemory(entry.PathStart, entry.PathLength);

    public ObjectId IdOf(in IndexEntry entry) => new(_ids.AsSpan(entry.IdStart, HashSize));

    private static IndexFile Parse(byte[] file, int hashSize)
    {
        try
        {
            if (!file.AsSpan().StartsWith("DIRC"u8))
            {
                throw new InvalidDataException("it is not a git index");
            }

            var version = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4));
            var count = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(8));
            if (version is < 2 or > 4)
            {
                throw new InvalidDataException($"its version {version} is not known");
            }

            // Guards the allocation below against a count that lies.
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * (StatSize + hashSize + 2), file.Length);
            var entries = new IndexEntry[count];
            var (paths, end) = version == 4 ? ReadCompressed(file, hashSize, entries) : (file, ReadPlain(file, hashSize, entries));
            var index = new IndexFile(hashSize, file, paths, entries);
            index.ReadExtensions(file.AsSpan(end, Math.Max(file.Length - hashSize - end, 0)));
            return index;
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("it is damaged", e);
        }
    }

    /// <summary>Versions 2 and 3: the path follows the flags, padded with 1 to 8 zero bytes to a multiple of eight.</summary>
    private static int ReadPlain(byte[] file, int hashSize, IndexEntry[] entries)
    {
        var at = HeaderSize;
        for (var i = 0; i < entries.Length; i++)
        {
            var (entry, path) = ReadFixed(file, hashSize, at);
            // A path as long as the field can say, or longer, ends at its zero byte.
            var length = entry.PathLength < NameLengthMask ? entry.PathLength : file.AsSpan(path).IndexOf((byte)0);
            // Nobody who asks for the path later expects it to lie outside of the file.
            entries[i] = entry with { PathStart = path, PathLength = file.AsSpan(path, length).Length };
            at += (path + length - at + 8) & ~7;
        }

        return at;
    }

    /// <summary>Version 4: each path says how many bytes to drop from the end of the one before it, and what follows then.</summary>
    private static (byte[] Paths, int End) ReadCompressed(byte[] file, int hashSize, IndexEntry[] entries)
    {
        using var paths = new MemoryStream(file.Length);
        var at = HeaderSize;
        var (previousStart, previousLength) = (0, 0);
        for (var i = 0; i < entries.Length; i++)
        {
            var (entry, path) = ReadFixed(file, hashSize, at);
            var kept = previousLength - ReadOffset(file, ref path);
            var rest = file.AsSpan(path, file.AsSpan(path).IndexOf((byte)0));
            var start = (int)paths.Length;
            paths.Capacity = Math.Max(paths.Capacity, start + kept + rest.Length);
            paths.Write(paths.GetBuffer().AsSpan(previousStart, kept));
            paths.Write(rest);
            (previousStart, previousLength) = (start, kept + rest.Length);
            entries[i] = entry with { PathStart = start, PathLength = previousLength };
            at = path + rest.Length + 1;
        }

        return (paths.ToArray(), at);
    }

    /// <summary>What all versions share; the path's length is as the flags say it.</summary>
    private static (IndexEntry Entry, int Path) ReadFixed(byte[] file, int hashSize, int at)
    {
        var flags = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + StatSize + hashSize));
        var path = at + StatSize + hashSize + 2;
        ushort extended = 0;
        if ((flags & IsExtended) != 0)
        {
            extended = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(path));
            path += 2;
        }

        var mode = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + ModeOffset));
        return (new IndexEntry(path, flags & NameLengthMask, at + StatSize, mode, (byte)((flags >> 12) & 3), (extended & IntentToAdd) != 0), path);
    }

    /// <summary>The variable-width number of pack offsets: seven bits a byte, and one more for each continuation.</summary>
    private static int ReadOffset(byte[] file, ref int at)
    {
        var value = file[at] & 0x7F;
        while ((file[at++] & 0x80) != 0)
        {
            value = checked(((value + 1) << 7) | (file[at] & 0x7F));
        }

        return value;
    }

    private void ReadExtensions(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            var name = bytes[..4];
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
            var content = bytes.Slice(8, size);
            if (name.SequenceEqual("TREE"u8))
            {
                Tree = content.IsEmpty ? null : CachedTree.Parse(content, HashSize);
            }
            else if (name.SequenceEqual("link"u8))
            {
                Link = SplitIndexLink.Parse(content, HashSize);
            }
            else if (name[0] is >= (byte)'a' and <= (byte)'z' && !name.SequenceEqual("sdir"u8))
            {
                // Lower case means that whoever does not know it cannot read the index.
                throw new InvalidDataException($"its extension {Encoding.ASCII.GetString(name)} is not known");
            }

            bytes = bytes[(8 + size)..];
        }
    }
}
