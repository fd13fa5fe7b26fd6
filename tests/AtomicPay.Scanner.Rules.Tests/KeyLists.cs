using System.Globalization;
using System.Text;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Writes a text as a list of its characters, of their codes, or as a dump.</summary>
internal static class KeyLists
{
    public static string? Write(string text, string form) => form switch
    {
        "hex-spaced" => Hex(text, "", " "),
        "hex-colons" => Hex(text, "", ":"),
        "hex-hyphens" => Hex(text, "", "-"),
        "hex-commas" => Hex(text, "", ","),
        "HEX-spaced" => Hex(text, "", " ").ToUpperInvariant(),
        "HEX-colons" => Hex(text, "", ":").ToUpperInvariant(),
        "HEX-hyphens" => Hex(text, "", "-").ToUpperInvariant(),
        "hex-0x" => Hex(text, "0x", ", "),
        "HEX-0x" => string.Join(", ", text.Select(c => $"0x{(int)c:X2}")),
        "hex-0x-tight" => Hex(text, "0x", ","),
        "hex-cast" => Hex(text, "(byte)0x", ", "),
        "xxd-i" => string.Join(",\n", text.Chunk(12).Select(line => "  " + Hex(new string(line), "0x", ", "))),
        "xxd" => Dump(text, (at, line) => $"{at:x8}: {Grouped(line, 2),-39}  {line}"),
        "xxd-g1" => Dump(text, (at, line) => $"{at:x8}: {Grouped(line, 1),-47}  {line}"),
        "hexdump" => Dump(text, (at, line) => $"{at:x8}  {InHalves(line),-48}  |{line}|"),
        "od" => Dump(text, (at, line) => Convert.ToString(at, 8).PadLeft(7, '0') + " " + Grouped(line, 1)),
        "format-hex" => Dump(text, (at, line) => $"{at:X16} {Grouped(line, 1).ToUpperInvariant(),-47} {line}"),
        "hex-commas-wrapped" => string.Join(",\\\r\n  ", text.Chunk(25).Select(line => Hex(new string(line), "", ","))),
        "byte-cast" => Each(text, c => $"(byte){(int)c}", ", "),
        "characters-lines" => Each(text, c => $"\"{c}\"", ",\n  "),
        "decimal" => Decimal(text, ", "),
        "decimal-tight" => Decimal(text, ","),
        "decimal-spaced" => Decimal(text, " "),
        "decimal-lines" => Decimal(text, ",\n    "),
        "chr-and" => Each(text, c => $"Chr({(int)c})", " & "),
        "chr-dot" => Each(text, c => $"chr({(int)c})", " . "),
        "chr-plus" => Each(text, c => $"chr({(int)c})", " + "),
        "char-cast" => Each(text, c => $"[char]{(int)c}", "+"),
        "char-bars" => Each(text, c => $"CHR({(int)c})", "||"),
        "char-sql" => Each(text, c => $"CHAR({(int)c})", " + "),
        "characters" => Each(text, c => $"'{c}'", ", "),
        "characters-tight" => Each(text, c => $"'{c}'", ","),
        "characters-double" => Each(text, c => $"\"{c}\"", ", "),
        "characters-added" => Each(text, c => $"\"{c}\"", " + "),
        _ => null,
    };

    private static string Hex(string text, string before, string separator) =>
        string.Join(separator, text.Select(c => before + ((int)c).ToString("x2", CultureInfo.InvariantCulture)));

    private static string Decimal(string text, string separator) =>
        string.Join(separator, text.Select(c => ((int)c).ToString(CultureInfo.InvariantCulture)));

    private static string Each(string text, Func<char, FormattableString> write, string separator) =>
        string.Join(separator, text.Select(c => write(c).ToString(CultureInfo.InvariantCulture)));

    private static string Dump(string text, Func<int, string, string> write)
    {
        var lines = new StringBuilder();
        for (var at = 0; at < text.Length; at += 16)
        {
            lines.Append(write(at, text[at..Math.Min(text.Length, at + 16)].Replace('\n', '.'))).Append('\n');
        }

        return lines.ToString();
    }

    private static string Grouped(string line, int size) => string.Join(' ', line.Chunk(size).Select(group => Hex(new string(group), "", "")));

    private static string InHalves(string line) => string.Join("  ", line.Chunk(8).Select(half => Grouped(new string(half), 1)));
}
