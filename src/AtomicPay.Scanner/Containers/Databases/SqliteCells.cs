using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Containers.Databases;

/// <summary>Reads the cells of b-tree pages and writes out their values, each on a line of its own: in the file they stand without anything between them.</summary>
/// <param name="pageSize">Bytes of a page.</param>
/// <param name="usable">Bytes of a page that hold data.</param>
/// <param name="encoding">How text is written: 2 and 3 for UTF-16.</param>
/// <param name="members">Takes the values.</param>
internal sealed class SqliteCells(int pageSize, int usable, uint encoding, Members members)
{
    private const int IndexInterior = 2;
    private const int IndexLeaf = 10;
    private const int TableLeaf = 13;
    private const int Flush = 1 << 20;
    private const int ShortestPicture = 64;

    // All cells of a real database together are no longer than it; damaged ones may share their overflow pages.
    private const int MostReading = 4;

    private readonly Dictionary<uint, int> _pages = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _payload = new();
    private long _read;

    /// <summary>Notes where a page lies; of several versions the last counts.</summary>
    public void Know(uint number, int offset) => _pages[number] = offset;

    public void Read(ReadOnlySpan<byte> content, int offset, int headerAt)
    {
        var page = content[offset..Math.Min(content.Length, offset + pageSize)];
        if (page.Length < headerAt + 8 || page[headerAt] is not (IndexInterior or IndexLeaf or TableLeaf))
        {
            return;
        }

        var isTable = page[headerAt] == TableLeaf;
        var pointers = headerAt + (page[headerAt] == IndexInterior ? 12 : 8);
        var count = BinaryPrimitives.ReadUInt16BigEndian(page[(headerAt + 3)..]);
        for (var i = 0; i < count && pointers + (2 * i) + 2 <= page.Length; i++)
        {
            var at = (int)BinaryPrimitives.ReadUInt16BigEndian(page[(pointers + (2 * i))..]) + (page[headerAt] == IndexInterior ? 4 : 0);
            if (at < page.Length && TryReadPayload(content, page, at, isTable))
            {
                WriteValues();
            }
        }

        if (_text.WrittenCount >= Flush)
        {
            HandOn();
        }
    }

    /// <summary>Hands on the values that were read so far.</summary>
    public void HandOn()
    {
        if (_text.WrittenCount > 0)
        {
            members.Add("", _text.WrittenSpan);
            _text.ResetWrittenCount();
        }
    }

    private bool TryReadPayload(ReadOnlySpan<byte> content, ReadOnlySpan<byte> page, int at, bool isTable)
    {
        _payload.ResetWrittenCount();
        if (!TryReadNumber(page, ref at, out var length) || (isTable && !TryReadNumber(page, ref at, out _)) || length <= 0 || length > content.Length)
        {
            return false;
        }

        var local = LocalPart(length, isTable);
        if (at + local > page.Length)
        {
            return false;
        }

        _payload.Write(page.Slice(at, local));
        at += local;
        if (local == length)
        {
            return true;
        }

        for (var left = (int)length - local; left > 0 && at + 4 <= page.Length;)
        {
            _read += pageSize;
            if (_read > ((long)content.Length * MostReading) + Flush
                || !_pages.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(page[at..]), out var next) || next + 4 > content.Length)
            {
                break;
            }

            page = content[next..Math.Min(content.Length, next + pageSize)];
            at = 0;
            var part = Math.Min(left, Math.Min(usable, page.Length) - 4);
            _payload.Write(page.Slice(4, part));
            left -= part;
        }

        return true;
    }

    /// <summary>How much of a payload stands in its cell, the rest in overflow pages.</summary>
    private int LocalPart(long length, bool isTable)
    {
        var most = isTable ? usable - 35 : ((usable - 12) * 64 / 255) - 23;
        if (length <= most)
        {
            return (int)length;
        }

        var least = ((usable - 12) * 32 / 255) - 23;
        var part = least + (int)((length - least) % (usable - 4));
        return part <= most ? part : least;
    }

    private void WriteValues()
    {
        var payload = _payload.WrittenSpan;
        var type = 0;
        if (!TryReadNumber(payload, ref type, out var headerLength) || headerLength < type || headerLength > payload.Length)
        {
            return;
        }

        var value = (int)headerLength;
        while (type < headerLength && TryReadNumber(payload[..(int)headerLength], ref type, out var serial))
        {
            var length = LengthOf(serial);
            if (length < 0 || length > payload.Length - value)
            {
                // What its overflow pages should have held is missing; what there is of it still counts.
                length = payload.Length - value;
            }

            if (serial >= 12)
            {
                Write(payload.Slice(value, (int)length), isText: (serial & 1) == 1);
            }

            value += (int)length;
        }
    }

    private void Write(ReadOnlySpan<byte> value, bool isText)
    {
        if (isText && encoding is 2 or 3)
        {
            _text.Write(Encoding.UTF8.GetBytes((encoding == 2 ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(value)));
        }
        else if (!isText && value.Length >= ShortestPicture && MayBeFile(value))
        {
            members.Add("", value);
            return;
        }
        else
        {
            _text.Write(value);
        }

        _text.Write("\n"u8);
    }

    private static bool MayBeFile(ReadOnlySpan<byte> value) =>
        ContainerOpener.IsContainer(value)
        || (value[0] == 0x89 && value[1] == 'P') || (value[0] == 0xFF && value[1] == 0xD8) || value.StartsWith("GIF8"u8) || value.StartsWith("RIFF"u8)
        || value.StartsWith("BM"u8) || value.StartsWith("II*\0"u8) || value.StartsWith("MM\0*"u8);

    private static long LengthOf(long serial) => serial switch
    {
        <= 4 => Math.Max(0, serial),
        5 => 6,
        6 or 7 => 8,
        < 12 => 0,
        _ => (serial - 12) / 2,
    };

    // One to nine bytes, seven bits of each but the last, the highest first.
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var i = 0; i < 9 && at < bytes.Length; i++)
        {
            var b = bytes[at++];
            if (i == 8)
            {
                value = (value << 8) | b;
                return true;
            }

            value = (value << 7) | (uint)(b & 0x7F);
            if ((b & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
