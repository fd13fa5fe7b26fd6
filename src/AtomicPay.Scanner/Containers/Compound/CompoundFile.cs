using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Containers.Compound;

/// <summary>
/// The streams of a compound file ([MS-CFB]), put together from its sectors. A chain never has more sectors than the file, and
/// no entry is visited twice, so that a loop ends.
/// </summary>
internal ref struct CompoundFile
{
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const uint LastSector = 0xFFFFFFFA;
    private const uint NoEntry = 0xFFFFFFFF;

    private readonly ReadOnlySpan<byte> _content;
    private readonly int _sectorShift;
    private readonly int _miniShift;
    private readonly uint _miniCutoff;
    private readonly List<uint> _next = [];
    private readonly List<uint> _miniNext = [];
    private readonly byte[] _mini = [];
    private readonly byte[] _directory;

    public CompoundFile(ReadOnlySpan<byte> content)
    {
        _content = content;
        _sectorShift = BinaryPrimitives.ReadUInt16LittleEndian(content[30..]);
        _miniShift = BinaryPrimitives.ReadUInt16LittleEndian(content[32..]);
        _miniCutoff = BinaryPrimitives.ReadUInt32LittleEndian(content[56..]);
        if (_sectorShift is < 7 or > 16 || _miniShift is < 2 or > 12)
        {
            throw new InvalidDataException("The sectors have no possible length.");
        }

        ReadTable();
        _directory = Chain(BinaryPrimitives.ReadUInt32LittleEndian(content[48..]), long.MaxValue);
        var miniTable = Chain(BinaryPrimitives.ReadUInt32LittleEndian(content[60..]), long.MaxValue);
        AddNumbers(miniTable, _miniNext);
        if (_directory.Length >= EntryLength)
        {
            _mini = Chain(BinaryPrimitives.ReadUInt32LittleEndian(_directory.AsSpan(116)), long.MaxValue);
        }
    }

    /// <summary>The paths of the streams, and where their entries stand.</summary>
    public readonly List<(string Path, int Entry)> Streams()
    {
        var streams = new List<(string, int)>();
        var seen = new bool[_directory.Length / EntryLength];
        var open = new Stack<(uint Entry, string Folder)>();
        open.Push((0, ""));
        while (open.TryPop(out var next))
        {
            if (next.Entry >= seen.Length || seen[next.Entry])
            {
                continue;
            }

            seen[next.Entry] = true;
            var entry = _directory.AsSpan((int)next.Entry * EntryLength, EntryLength);
            var name = Encoding.Unicode.GetString(entry[..Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 64)]);
            var path = next.Folder + name;
            if (entry[66] == 2)
            {
                streams.Add((path, (int)next.Entry));
            }

            open.Push((BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]), next.Folder));
            open.Push((BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]), next.Folder));
            if (entry[66] is 1 or 5)
            {
                open.Push((BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]), entry[66] == 5 ? "" : path + "/"));
            }
        }

        // Entries that no tree holds were deleted; their sectors may still be theirs.
        return streams;
    }

    /// <summary>The bytes of a stream as far as its sectors are there, and how many it should have.</summary>
    public readonly (byte[] Bytes, long Length) Read(int entry)
    {
        var fields = _directory.AsSpan(entry * EntryLength, EntryLength);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(fields[116..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(fields[120..]);
        if (length >= _miniCutoff)
        {
            return (Chain(start, length), length);
        }

        var bytes = new ArrayBufferWriter<byte>();
        var size = 1 << _miniShift;
        for (var left = _miniNext.Count; start < _miniNext.Count && left > 0 && bytes.WrittenCount < length; left--)
        {
            var at = (long)start << _miniShift;
            if (at >= _mini.Length)
            {
                break;
            }

            bytes.Write(_mini.AsSpan((int)at, (int)Math.Min(Math.Min(size, _mini.Length - at), length - bytes.WrittenCount)));
            start = _miniNext[(int)start];
        }

        return (bytes.WrittenSpan.ToArray(), length);
    }

    private readonly void ReadTable()
    {
        for (var i = 0; i < 109; i++)
        {
            AddTableSector(BinaryPrimitives.ReadUInt32LittleEndian(_content[(76 + (4 * i))..]));
        }

        var perSector = (1 << (_sectorShift - 2)) - 1;
        var next = BinaryPrimitives.ReadUInt32LittleEndian(_content[68..]);
        for (var left = (_content.Length >> _sectorShift) + 1; left > 0 && next < LastSector; left--)
        {
            var sector = Sector(next);
            if (sector.Length < 4 * (perSector + 1))
            {
                return;
            }

            for (var i = 0; i < perSector; i++)
            {
                AddTableSector(BinaryPrimitives.ReadUInt32LittleEndian(sector[(4 * i)..]));
            }

            next = BinaryPrimitives.ReadUInt32LittleEndian(sector[(4 * perSector)..]);
        }
    }

    private readonly void AddTableSector(uint number)
    {
        // A table longer than the file has sectors says nothing of any of them.
        if (number < LastSector && number != NoEntry && _next.Count <= _content.Length >> _sectorShift)
        {
            AddNumbers(Sector(number), _next);
        }
    }

    private static void AddNumbers(ReadOnlySpan<byte> bytes, List<uint> numbers)
    {
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            numbers.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        }
    }

    private readonly byte[] Chain(uint start, long length)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var left = (_content.Length >> _sectorShift) + 1; start < LastSector && left > 0 && bytes.WrittenCount < length; left--)
        {
            var sector = Sector(start);
            bytes.Write(sector[..(int)Math.Min(sector.Length, length - bytes.WrittenCount)]);
            if (start >= _next.Count || sector.IsEmpty)
            {
                break;
            }

            start = _next[(int)start];
        }

        return bytes.WrittenSpan.ToArray();
    }

    private readonly ReadOnlySpan<byte> Sector(uint number)
    {
        var at = ((long)number + 1) << _sectorShift;
        at = _sectorShift > 9 ? at : Math.Max(at, HeaderLength);
        return at >= _content.Length ? [] : _content[(int)at..(int)Math.Min(_content.Length, at + (1 << _sectorShift))];
    }
}
