using System.Buffers;
using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Reports;

/// <summary>
/// Makes text that strangers chose (paths, refs, reasons) safe to show: nothing in it can move the cursor, break a line, turn
/// the reading direction around or upset an encoder.
/// </summary>
internal static class DisplayText
{
    /// <summary>One line; what cannot be shown stands as <c>\x1B</c> (a byte or control character) or <c>\u202E</c>.</summary>
    public static string Line(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
            if (status == OperationStatus.Done)
            {
                Append(shown, rune);
            }
            else if (PathText.IsEscapedByte(rest[0]))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\x{PathText.EscapedByte(rest[0]):X2}");
            }
            else
            {
                shown.Append('\uFFFD');
            }

            rest = rest[consumed..];
        }

        return shown.ToString();
    }

    /// <summary>Several lines, each made safe; the line feeds between them stay.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Line));

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void Append(StringBuilder shown, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control when rune.Value < 0x80:
                shown.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
                break;
            case UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                break;
            default:
                shown.Append(rune.ToString());
                break;
        }
    }
}
