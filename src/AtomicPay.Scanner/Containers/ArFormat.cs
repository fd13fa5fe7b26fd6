using System.Buffers.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Containers;

/// <summary>ar: Debian packages, whose files lie in tar archives within, and static libraries. Its members are stored as they are.</summary>
internal sealed class ArFormat : IContainerFormat
{
    private const int Header = 60;

    public string Name => "ar";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length > Header && head.StartsWith("!<arch>\n"u8);

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var names = ReadOnlySpan<byte>.Empty;
        var rest = content[8..];
        while (rest.Length >= Header && !members.IsOver)
        {
            var header = rest[..Header];
            rest = rest[Header..];
            if (!header[58..].SequenceEqual("`\n"u8)
                || !Utf8Parser.TryParse(header.Slice(48, 10), out long length, out _) || length < 0)
            {
                members.Skip("is damaged as ar; the members before the damage were scanned");
                return;
            }

            var data = rest[..(int)Math.Min(length, rest.Length)];
            var name = header[..16].TrimEnd((byte)' ');
            if (name.SequenceEqual("//"u8))
            {
                names = data;
            }
            else
            {
                Add(members, name, names, data, length);
            }

            rest = rest[(int)Math.Min(length + (length & 1), rest.Length)..];
        }
    }

    // Of names longer than the header has room for GNU keeps a table, and BSD writes them before the member.
    private static void Add(Members members, ReadOnlySpan<byte> name, ReadOnlySpan<byte> names, ReadOnlySpan<byte> data, long length)
    {
        if (name.StartsWith("#1/"u8) && Utf8Parser.TryParse(name[3..], out int size, out _) && size >= 0 && size <= data.Length)
        {
            name = data[..size].TrimEnd((byte)0);
            data = data[size..];
            length -= size;
        }
        else if (name.Length > 1 && name[0] == '/' && Utf8Parser.TryParse(name[1..], out int at, out _) && at >= 0 && at < names.Length)
        {
            name = names[at..];
            name = name.IndexOfAny("\n\0"u8) is >= 0 and var end ? name[..end] : name;
        }

        name = name.TrimEnd((byte)'/');
        members.Add(name.IsEmpty ? "index" : PathText.Decode(name), data, length);
    }
}
