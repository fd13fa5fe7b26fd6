using System.Buffers;
using System.Text;

namespace AtomicPay.Scanner.Containers.Markup;

/// <summary>Writes the text of a markup document, its runs joined and its words apart. Entities stay: the rules read them.</summary>
internal static class MarkupText
{
    private static readonly SearchValues<byte> EndsOfName = SearchValues.Create(" \t\r\n/>"u8);

    public static void Collect(ReadOnlySpan<byte> content, MarkupDialect dialect, IBufferWriter<byte> text)
    {
        var isInText = dialect.Text.IsEmpty;
        string? line = null;
        var rest = content;
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf((byte)'<');
            var run = open < 0 ? rest : rest[..open];
            Write(run, isInText, text);
            if (open < 0)
            {
                return;
            }

            rest = rest[open..];
            if (TrySkipUnparsed(ref rest, text))
            {
                continue;
            }

            var close = EndOfTag(rest);
            var tag = rest[1..close];
            rest = rest[Math.Min(rest.Length, close + 1)..];
            var isEnd = !tag.IsEmpty && tag[0] == '/';
            var element = LocalName(isEnd ? tag[1..] : tag);
            isInText = dialect.Text.IsEmpty || (!isEnd && dialect.Text.Contains(element));
            if (dialect.EndsWord(element) || (!isEnd && MarkupDialect.IsPositioned(element) && MovesToOtherLine(tag, ref line)))
            {
                text.Write("\n"u8);
            }
        }
    }

    private static void Write(ReadOnlySpan<byte> run, bool isInText, IBufferWriter<byte> text)
    {
        // White space between elements is how the file is laid out; what stands outside of text is a value of its own.
        if (run.IsEmpty || (run.IndexOf((byte)'\n') >= 0 && run.Trim(" \t\r\n"u8).IsEmpty))
        {
            return;
        }

        if (isInText)
        {
            text.Write(run);
        }
        else
        {
            text.Write("\n"u8);
            text.Write(run);
            text.Write("\n"u8);
        }
    }

    /// <summary>Skips a comment, whose text is scanned with the file itself, and writes out a CDATA section.</summary>
    private static bool TrySkipUnparsed(ref ReadOnlySpan<byte> rest, IBufferWriter<byte> text)
    {
        var isComment = rest.StartsWith("<!--"u8);
        if (!isComment && !rest.StartsWith("<![CDATA["u8))
        {
            return false;
        }

        var end = rest.IndexOf(isComment ? "-->"u8 : "]]>"u8);
        if (!isComment)
        {
            text.Write(rest["<![CDATA["u8.Length..(end < 0 ? rest.Length : Math.Max(end, "<![CDATA["u8.Length))]);
        }

        rest = end < 0 ? [] : rest[(end + 3)..];
        return true;
    }

    private static int EndOfTag(ReadOnlySpan<byte> rest)
    {
        var at = 1;
        while (at < rest.Length)
        {
            var next = rest[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
            if (next < 0)
            {
                return rest.Length;
            }

            at += next;
            if (rest[at] == '>')
            {
                return at;
            }

            var quote = rest[(at + 1)..].IndexOf(rest[at]);
            if (quote < 0)
            {
                return rest.Length;
            }

            at += quote + 2;
        }

        return rest.Length;
    }

    private static string LocalName(ReadOnlySpan<byte> tag)
    {
        var end = tag.IndexOfAny(EndsOfName);
        var name = end < 0 ? tag : tag[..end];
        return Encoding.UTF8.GetString(name[(name.LastIndexOf((byte)':') + 1)..]);
    }

    private static bool MovesToOtherLine(ReadOnlySpan<byte> tag, ref string? line)
    {
        if (Attribute(tag, " dy="u8) is not (null or "0"))
        {
            return true;
        }

        if (Attribute(tag, " y="u8) is not { } y)
        {
            return false;
        }

        var isOther = line is not null && y != line;
        line = y;
        return isOther;
    }

    private static string? Attribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        var at = tag.IndexOf(name);
        if (at < 0 || at + name.Length + 1 >= tag.Length)
        {
            return null;
        }

        var value = tag[(at + name.Length + 1)..];
        var end = value.IndexOf(tag[at + name.Length]);
        return end < 0 ? null : Encoding.UTF8.GetString(value[..end]);
    }
}
