using System.Buffers;
using System.Text;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>Reads the strings of links, form fields, notes and document properties (ISO 32000-2, 7.3.4), one a line.</summary>
internal static class PdfStrings
{
    private const int LongestHex = 64 * 1024;

    /// <summary>Adds the strings that stand in a text as UTF-8, each on a line of its own.</summary>
    public static void Collect(ReadOnlySpan<byte> text, IBufferWriter<byte> lines)
    {
        var one = new ArrayBufferWriter<byte>();
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny((byte)'(', (byte)'<');
            if (next < 0)
            {
                return;
            }

            at += next;
            one.ResetWrittenCount();
            if (text[at] == '(')
            {
                var end = EndOfLiteral(text, at);
                Unescape(text[(at + 1)..Math.Max(at + 1, end - 1)], one);
                at = end;
            }
            else
            {
                at++;
                var end = text[at..Math.Min(text.Length, at + LongestHex)].IndexOf((byte)'>');
                if (end > 0 && TryReadHex(text.Slice(at, end), one))
                {
                    at += end;
                }
            }

            Write(one.WrittenSpan, lines);
        }
    }

    /// <summary>The index behind the string that begins with the parenthesis at an index.</summary>
    public static int EndOfLiteral(ReadOnlySpan<byte> text, int index)
    {
        var depth = 0;
        for (var at = index; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return at + 1;
                default:
                    break;
            }
        }

        return text.Length;
    }

    private static void Unescape(ReadOnlySpan<byte> literal, ArrayBufferWriter<byte> bytes)
    {
        for (var at = 0; at < literal.Length; at++)
        {
            var c = literal[at];
            if (c != '\\' || at + 1 == literal.Length)
            {
                bytes.Write([c]);
                continue;
            }

            c = literal[++at];
            if (c is >= (byte)'0' and <= (byte)'7')
            {
                var value = c - '0';
                for (var digits = 1; digits < 3 && at + 1 < literal.Length && literal[at + 1] is >= (byte)'0' and <= (byte)'7'; digits++)
                {
                    value = (value * 8) + literal[++at] - '0';
                }

                bytes.Write([(byte)value]);
            }
            else if (c is (byte)'\r' or (byte)'\n')
            {
                // The string goes on on the next line.
                at += c == '\r' && at + 1 < literal.Length && literal[at + 1] == '\n' ? 1 : 0;
            }
            else
            {
                bytes.Write([c switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' or (byte)'f' => (byte)' ', _ => c }]);
            }
        }
    }

    private static bool TryReadHex(ReadOnlySpan<byte> digits, ArrayBufferWriter<byte> bytes)
    {
        var high = -1;
        foreach (var c in digits)
        {
            if (c is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit((char)c))
            {
                bytes.ResetWrittenCount();
                return false;
            }

            var digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            if (high < 0)
            {
                high = digit;
            }
            else
            {
                bytes.Write([(byte)((high << 4) | digit)]);
                high = -1;
            }
        }

        return true;
    }

    private static void Write(ReadOnlySpan<byte> value, IBufferWriter<byte> lines)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (value.Length >= 2 && value[0] == 0xFE && value[1] == 0xFF)
        {
            lines.Write(Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(value[2..])));
        }
        else
        {
            lines.Write(value);
        }

        lines.Write("\n"u8);
    }
}
