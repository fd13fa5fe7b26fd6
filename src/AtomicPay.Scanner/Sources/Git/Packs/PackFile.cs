using System.Buffers.Binary;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>A pack with its index, both mapped.</summary>
internal sealed unsafe class PackFile : IDisposable
{
    public const int HeaderBytes = 12;

    private readonly MappedFile _file;

    private PackFile(string path, MappedFile file, PackIndex index, int hashSize)
    {
        _file = file;
        Path = path;
        Index = index;
        HashSize = hashSize;
        IsAsIndexed = Trailer(file, hashSize).SequenceEqual(index.PackChecksum);
        DataEnd = IsAsIndexed ? file.Length - hashSize : file.Length;
    }

    public string Path { get; }

    public PackIndex Index { get; }

    public int HashSize { get; }

    /// <summary>False when the pack was cut off, or is another than the index was made for.</summary>
    public bool IsAsIndexed { get; }

    public byte* Pointer => _file.Pointer;

    /// <summary>The offset behind the last entry.</summary>
    public long DataEnd { get; }

    /// <summary>The offset behind the last byte that may be read.</summary>
    public long MappedEnd => _file.Length;

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Objects by the pack's own count.</summary>
    public uint Count => BinaryPrimitives.ReadUInt32BigEndian(new(_file.Pointer + 8, 4));

    /// <summary>Null, with the reason, when pack or index are not what they should be. Throws what opening a file throws.</summary>
    public static PackFile? Open(string path, int hashSize, out string? reason)
    {
        PackIndex? index = null;
        MappedFile? file = null;
        try
        {
            index = PackIndex.Open(System.IO.Path.ChangeExtension(path, ".idx"), hashSize, out reason);
            if (index is null)
            {
                return null;
            }

            file = MappedFile.Open(path);
            reason = Check(file, hashSize);
            if (reason is null)
            {
                var pack = new PackFile(path, file!, index, hashSize);
                (file, index) = (null, null);
                return pack;
            }

            return null;
        }
        finally
        {
            file?.Dispose();
            index?.Dispose();
        }
    }

    public void Dispose()
    {
        Index.Dispose();
        _file.Dispose();
    }

    private static string? Check(MappedFile? file, int hashSize)
    {
        if (file is null || file.Length < HeaderBytes + hashSize)
        {
            return "the pack is cut off";
        }

        var header = new ReadOnlySpan<byte>(file.Pointer, HeaderBytes);
        if (!header.StartsWith("PACK"u8))
        {
            return "the pack does not begin as a pack does";
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        return version is 2 or 3 ? null : $"the pack has version {version}, which is not known";
    }

    private static ReadOnlySpan<byte> Trailer(MappedFile file, int hashSize) => new(file.Pointer + file.Length - hashSize, hashSize);
}
