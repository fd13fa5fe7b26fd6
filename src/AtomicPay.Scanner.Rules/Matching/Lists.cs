using System.Globalization;
using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>What to look for in lists of character codes, lists of characters and dumps: the first two elements, or one that tells enough.</summary>
internal static class Lists
{
    private static readonly string[] HexSeparators = [" ", ":", "-", ",", ", "];
    private static readonly string[] DecimalSeparators = [",", ", ", " "];
    private static readonly string[] CharacterSeparators = ["','", "', '", "\",\"", "\", \"", "'+'", "' + '", "\"+\"", "\" + \""];

    public static IEnumerable<AnchorText> Of(string prefix)
    {
        if (prefix.Length < 4)
        {
            yield break;
        }

        foreach (var separator in HexSeparators)
        {
            yield return Hex(0, separator == " " ? " " : null, Code(prefix[0]), separator, Code(prefix[1]));
        }

        // 0x61, 0x74 and (byte)0x61, (byte)0x74, on one line or on several.
        foreach (var next in (string[])[",0", ", 0", " 0", ",(", ", (", ",\n", ",\r"])
        {
            yield return Hex(0, null, "0x", Code(prefix[0]), next) with { Lead = 2 };
        }

        // Dumps break lines anywhere; where one ends between these two, the next two stand together.
        yield return Hex(2, " ", Code(prefix[2]), " ", Code(prefix[3]));

        // xxd groups the digits of two bytes.
        yield return Hex(0, " ", Code(prefix[0]), Code(prefix[1]), " ", Code(prefix[2]));
        yield return Hex(0, " ", Code(prefix[0]), " ", Code(prefix[1]), Code(prefix[2]));
        yield return Hex(1, " ", Code(prefix[1]), Code(prefix[2]), " ", Code(prefix[3]));
        if (prefix.Length > 4)
        {
            yield return Hex(2, " ", Code(prefix[2]), Code(prefix[3]), " ", Code(prefix[4]));
        }

        foreach (var separator in DecimalSeparators)
        {
            yield return Decimal(Number(prefix[0]) + separator + Number(prefix[1]), 0);
        }

        // One number a line, as JSON is often printed; Chr(97) & Chr(116); [char]97+[char]116; (char)97.
        yield return Decimal(Number(prefix[0]) + ",\n", 0);
        yield return Decimal(Number(prefix[0]) + ",\r", 0);
        yield return Decimal($"({Number(prefix[0])})", 1);
        yield return Decimal($"r]{Number(prefix[0])}", 2);
        yield return Decimal($"r){Number(prefix[0])}", 2);
        yield return Decimal($"e){Number(prefix[0])}", 2);

        // Registry files write text as the bytes of UTF-16.
        foreach (var separator in (string[])[",", " "])
        {
            yield return new(string.Join(separator, Code(prefix[0]), "00", Code(prefix[1]), "00"), true, [new(Encoding.Hex, 0, separator), new(Encoding.Utf16)]);
        }

        foreach (var quote in (string[])["'", "\""])
        {
            foreach (var end in (string[])["\n", "\r"])
            {
                yield return new(quote + prefix[0] + quote + "," + end, false, [new(Encoding.Characters, 0, Step.AnySeparator)]) { Lead = 1 };
            }
        }

        foreach (var separator in CharacterSeparators)
        {
            yield return new(prefix[0] + separator + prefix[1], false, [new(Encoding.Characters, 0, Step.AnySeparator)]);
        }
    }

    private static AnchorText Hex(int at, string? separator, params string[] text) =>
        new(string.Concat(text), true, [new(Encoding.Hex, at, separator ?? Step.AnySeparator)]);

    private static AnchorText Decimal(string text, int index) =>
        new(text, true, [new(Encoding.Decimal, 0, Step.AnySeparator)]) { Lead = index };

    private static string Code(char c) => ((int)c).ToString("x2", CultureInfo.InvariantCulture);

    private static string Number(char c) => ((int)c).ToString(CultureInfo.InvariantCulture);
}
