using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Containers;

/// <summary>
/// tar: ustar, GNU and pax. Its members are found as plain bytes as well; it is opened for their paths, and for the pictures
/// and archives among them. Read by hand, because names are kept byte for byte and damage must not end the reading.
/// </summary>
internal sealed class TarFormat : IContainerFormat
{
    private const int Block = 512;
    private const int MagicOffset = 257;
    private const int ChecksumOffset = 148;

    public string Name => "tar";

    public bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= Block && head[MagicOffset..].StartsWith("ustar"u8) && HasChecksum(head[..Block]);

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        string? longName = null;
        var rest = content;
        while (rest.Length >= Block && !members.IsOver)
        {
            var header = rest[..Block];
            rest = rest[Block..];
            if (!header.ContainsAnyExcept((byte)0))
            {
                continue;
            }

            if (!HasChecksum(header) || NumberAt(header.Slice(124, 12)) is not { } length || length < 0)
            {
                // One damaged block does not hide the members after it: each header proves itself by its checksum.
                members.Skip("a part of it is damaged as tar; the members around the damage were scanned");
                rest = SeekHeader(rest);
                continue;
            }

            var data = rest[..(int)Math.Min(length, rest.Length)];
            switch (header[156])
            {
                case (byte)'L':
                    longName = PathText.Decode(UpToZero(data));
                    break;
                case (byte)'x':
                    longName = PaxPath(data) ?? longName;
                    break;
                case (byte)'g' or (byte)'K' or (byte)'5':
                    break;
                default:
                    if (length > 0)
                    {
                        members.Add(longName ?? NameOf(header), data, length);
                    }

                    longName = null;
                    break;
            }

            var padded = (length + Block - 1) / Block * Block;
            rest = rest[(int)Math.Min(padded, rest.Length)..];
        }
    }

    private static ReadOnlySpan<byte> SeekHeader(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= Block && !(rest[MagicOffset..].StartsWith("ustar"u8) && HasChecksum(rest[..Block])))
        {
            rest = rest[Block..];
        }

        return rest;
    }

    private static string NameOf(ReadOnlySpan<byte> header)
    {
        var name = PathText.Decode(UpToZero(header[..100]));
        // Only POSIX has a prefix; GNU keeps times in its place.
        var prefix = header[MagicOffset + 5] == 0 ? PathText.Decode(UpToZero(header.Slice(345, 155))) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    // Records of the form "length key=value\n", the length counting itself.
    private static string? PaxPath(ReadOnlySpan<byte> records)
    {
        string? path = null;
        while (records.IndexOf((byte)' ') is var space and > 0
            && int.TryParse(Encoding.ASCII.GetString(records[..space]), out var length) && length > space + 1 && length <= records.Length)
        {
            var record = records[(space + 1)..(length - 1)];
            if (record.StartsWith("path="u8))
            {
                path = PathText.Decode(record[5..]);
            }

            records = records[length..];
        }

        return path;
    }

    private static bool HasChecksum(ReadOnlySpan<byte> header)
    {
        var sum = 8L * ' ';
        for (var i = 0; i < header.Length; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + 8 ? 0 : header[i];
        }

        return NumberAt(header.Slice(ChecksumOffset, 8)) == sum;
    }

    /// <summary>A number in octal digits, or, where it is too large for them, as GNU writes it: in bytes behind a set bit.</summary>
    private static long? NumberAt(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var b in field[^8..])
            {
                value = (value << 8) | b;
            }

            return value;
        }

        foreach (var digit in UpToZero(field).Trim((byte)' '))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field;
}
