using System.Buffers.Binary;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The index of a pack (gitformat-pack, versions 1 and 2): object names in order, and where each lies.</summary>
internal sealed unsafe class PackIndex : IDisposable
{
    private const int FanoutBytes = 256 * 4;

    private readonly MappedFile _file;
    private readonly int _hashSize;
    private readonly byte* _fanout;
    private readonly byte* _names;
    private readonly int _nameStride;
    private readonly byte* _offsets;
    private readonly byte* _longOffsets;
    private readonly long _longOffsetCount;

    private PackIndex(MappedFile file, int hashSize, int version)
    {
        _file = file;
        _hashSize = hashSize;
        _fanout = file.Pointer + (version == 1 ? 0 : 8);
        Count = (int)Read32(_fanout + (255 * 4));
        var table = _fanout + FanoutBytes;
        if (version == 1)
        {
            _offsets = table;
            _names = table + 4;
            _nameStride = 4 + hashSize;
        }
        else
        {
            _names = table;
            _nameStride = hashSize;
            _offsets = table + ((long)Count * (hashSize + 4));
            _longOffsets = _offsets + (4L * Count);
            _longOffsetCount = (file.Pointer + file.Length - (2 * hashSize) - _longOffsets) / 8;
        }
    }

    public int Count { get; }

    /// <summary>The checksum at the end of the pack that the index was made for.</summary>
    public ReadOnlySpan<byte> PackChecksum => new(_file.Pointer + _file.Length - (2 * _hashSize), _hashSize);

    /// <summary>The checksum of the index itself.</summary>
    public ReadOnlySpan<byte> Checksum => new(_file.Pointer + _file.Length - _hashSize, _hashSize);

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Null, with the reason, when the file is no index.</summary>
    public static PackIndex? Open(string path, int hashSize, out string? reason)
    {
        var file = MappedFile.Open(path);
        reason = file is null ? "the pack's index is empty" : Check(file, hashSize);
        if (reason is null)
        {
            return new PackIndex(file!, hashSize, IsVersion1(file!) ? 1 : 2);
        }

        file?.Dispose();
        return null;
    }

    public ReadOnlySpan<byte> Name(int position) => new(_names + ((long)position * _nameStride), _hashSize);

    /// <summary>The object's place in the pack; negative when the index has none for it.</summary>
    public long Offset(int position)
    {
        if (_longOffsets == null)
        {
            return Read32(_offsets + ((long)position * _nameStride));
        }

        var offset = Read32(_offsets + (4L * position));
        if ((offset & 0x8000_0000) == 0)
        {
            return offset;
        }

        long entry = offset & 0x7fff_ffff;
        return entry < _longOffsetCount ? BinaryPrimitives.ReadInt64BigEndian(new(_longOffsets + (8 * entry), 8)) : -1;
    }

    /// <summary>The position of a name; negative when it is not here.</summary>
    public int Find(ReadOnlySpan<byte> name) =>
        FindFirst(name) is var position && position < Count && Name(position).SequenceEqual(name) ? position : -1;

    /// <summary>The position of the first name that is not before this one; <see cref="Count"/> when all are.</summary>
    public int FindFirst(ReadOnlySpan<byte> name)
    {
        var low = name[0] == 0 ? 0 : (int)Read32(_fanout + (4 * (name[0] - 1)));
        var high = (int)Read32(_fanout + (4 * name[0]));
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = Name(middle).SequenceCompareTo(name) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public void Dispose() => _file.Dispose();

    private static bool IsVersion1(MappedFile file) => Read32(file.Pointer) != 0xff74_4f63;

    private static string? Check(MappedFile file, int hashSize)
    {
        if (file.Length < FanoutBytes + (2 * hashSize))
        {
            return "the pack's index is cut off";
        }

        var isVersion1 = IsVersion1(file);
        if (!isVersion1 && Read32(file.Pointer + 4) != 2)
        {
            return $"the pack's index has version {Read32(file.Pointer + 4)}, which is not known";
        }

        var fanout = file.Pointer + (isVersion1 ? 0 : 8);
        uint before = 0;
        for (var i = 0; i < 256; i++)
        {
            var here = Read32(fanout + (4 * i));
            if (here < before || here > int.MaxValue)
            {
                return "the pack's index is damaged";
            }

            before = here;
        }

        var head = fanout - file.Pointer + FanoutBytes;
        var each = isVersion1 ? 4 + hashSize : 8 + hashSize;
        return file.Length - head - (2 * hashSize) < (long)before * each ? "the pack's index is cut off" : null;
    }

    private static uint Read32(byte* from) => BinaryPrimitives.ReadUInt32BigEndian(new(from, 4));
}
