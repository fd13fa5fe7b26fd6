using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>
/// Puts a key, encoded as a template says, where <c>{key}</c> or <c>{key:form}</c> stands; <c>|</c> chains forms, and
/// <c>{key[..6]}</c> is a piece of it.
/// </summary>
internal static class KeyForms
{
    public static string Expand(string template, string key) =>
        Regex.Replace(template, @"\{key(?:\[(?<from>\d*)\.\.(?<to>\d*)\])?(?::(?<forms>[^}]+))?\}", match =>
            match.Groups["forms"].Value.Split('|', StringSplitOptions.RemoveEmptyEntries).Aggregate(Piece(match, key), Apply));

    public static string Apply(string text, string form) => Around(text, form) ?? Run(text, form) ?? Wrapped(text, form)
        ?? KeyLists.Write(text, form) ?? Escaped(text, form) ?? throw new ArgumentOutOfRangeException(nameof(form), form, "No such form.");

    /// <summary>The name under which the scanner reports what undoes the form.</summary>
    public static string NameOf(string form) => form switch
    {
        _ when form.StartsWith("utf16-base64", StringComparison.Ordinal) => "base64 utf-16le",
        _ when form.StartsWith("base64", StringComparison.Ordinal) || form == "basic" => "base64",
        _ when form.StartsWith("hex-escape", StringComparison.Ordinal) => "hex-escape",
        "hex" or "HEX" => "hex",
        "utf16" => "utf-16le",
        _ when form.StartsWith("percent", StringComparison.Ordinal) => "percent",
        _ when form.StartsWith("unicode", StringComparison.Ordinal) => "unicode-escape",
        _ when form.StartsWith("octal", StringComparison.Ordinal) => "octal-escape",
        _ when form.StartsWith("entity", StringComparison.Ordinal) => "html-entity",
        _ when form.StartsWith("quoted-printable", StringComparison.Ordinal) => "quoted-printable",
        "markdown" => "backslash-escape",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };

    private static string Piece(Match match, string key)
    {
        var (from, to) = (match.Groups["from"].Value, match.Groups["to"].Value);
        return key[(from.Length == 0 ? 0 : int.Parse(from, CultureInfo.InvariantCulture))..(to.Length == 0 ? key.Length : int.Parse(to, CultureInfo.InvariantCulture))];
    }

    /// <summary>The text that a key stands in before that is encoded.</summary>
    private static string? Around(string text, string form) => form switch
    {
        "json" => $$"""{"name":"Loja de teste?","description":"long enough to need several lines","apiKey":"{{text}}","note":"more text after it, ~ and ?"}""",
        "command" => $"$env:ATOMICPAY_API_KEY = '{text}'\r\n",
        "marked" => $"\uFEFFkey={text}\r\n",
        "line" => $"ATOMICPAY_API_KEY={text}\n# the end of the file\n",
        "line-2" => $"API_KEY={text}\n",
        "svg" => $"<svg><text>{text}</text></svg>",
        _ when form.StartsWith("after ", StringComparison.Ordinal) => form["after ".Length..] + text,
        _ when form.StartsWith("before ", StringComparison.Ordinal) => text + form["before ".Length..],
        "as-password" => "client:" + text,
        "as-user" => text + ":",
        _ => null,
    };

    private static string? Run(string text, string form) => form switch
    {
        "base64" => Base64(text),
        "basic" => Base64("client:" + text),
        "base64url" => Base64Url(text),
        "base64-1" => Base64(":" + text),
        "base64-2" => Base64("k=" + text),
        "jwt" => $$"""{{Base64Url("""{"alg":"HS256","typ":"JWT"}""")}}.{{Base64Url($$"""{"sub":"1","apiKey":"{{text}}","iat":1700000000}""")}}.c2lnbmF0dXJl""",
        "utf16-base64" => Convert.ToBase64String(Encoding.Unicode.GetBytes(text)),
        "hex" => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(text)),
        "HEX" => Convert.ToHexString(Encoding.Latin1.GetBytes(text)),
        "utf16" => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text)),
        "utf16be" => Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(text)),
        "utf32" => Encoding.Latin1.GetString(Encoding.UTF32.GetBytes(text)),
        "utf32be" => Encoding.Latin1.GetString(new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(text)),
        "json-slash" => text.Replace("/", "\\/", StringComparison.Ordinal),
        "json-plus" => text.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal),
        "uri" => Uri.EscapeDataString(text),
        _ => null,
    };

    private static string? Wrapped(string text, string form) => form switch
    {
        "wrap60" => Lines(text, 60, "\n"),
        "wrap64" => Lines(text, 64, "\n"),
        "wrap64-escaped" => Lines(text, 64, "\\n"),
        "wrap64-escaped-twice" => Lines(text, 64, "\\\\n"),
        "wrap64-percent" => Lines(Uri.EscapeDataString(text), 64, "%0D%0A"),
        "wrap64-added" => Lines(text, 64, "\n+"),
        "wrap64-quoted" => Lines(text, 64, "\n> "),
        "wrap64-comment" => Lines(text, 64, "\n * "),
        "wrap64-array" => Lines(text, 64, "\\n\",\n  \""),
        "wrap64-joined" => Lines(text, 64, "\" +\n    \""),
        "wrap76" => Lines(text, 76, "\r\n"),
        "wrap76-indented" => Lines(text, 76, "\n    "),
        _ => null,
    };

    private static string? Escaped(string text, string form) => form switch
    {
        "percent" => text.Replace("_", "%5F", StringComparison.Ordinal),
        "percent-lower" => text.Replace("_", "%5f", StringComparison.Ordinal),
        "percent-all" => All(text, c => $"%{(int)c:X2}"),
        "percent-twice" => text.Replace("_", "%255F", StringComparison.Ordinal),
        "percent-all-twice" => All(text, c => $"%25{(int)c:x2}"),
        "percent-u" => All(text, c => $"%u{(int)c:X4}"),
        "unicode" => text.Replace("_", "\\u005f", StringComparison.Ordinal),
        "unicode-twice" => text.Replace("_", "\\\\u005f", StringComparison.Ordinal),
        "unicode-all" => All(text, c => $"\\u{(int)c:X4}"),
        "unicode-braces" => All(text, c => $"\\u{{{(int)c:x}}}"),
        "unicode-long" => All(text, c => $"\\U{(int)c:x8}"),
        "unicode-hyphen" => text.Insert(12, "-").Replace('-', '\u2011'),
        "hex-escape" => text.Replace("_", "\\x5f", StringComparison.Ordinal),
        "hex-escape-all" => All(text, c => $"\\x{(int)c:x2}"),
        "hex-escape-braces" => All(text, c => $"\\x{{{(int)c:x}}}"),
        "octal" => text.Replace("_", "\\137", StringComparison.Ordinal),
        "octal-all" => All(text, c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0')),
        "entity" => text.Replace("_", "&#95;", StringComparison.Ordinal),
        "entity-hex" => text.Replace("_", "&#x5F;", StringComparison.Ordinal),
        "entity-padded" => text.Replace("_", "&#0095;", StringComparison.Ordinal),
        "entity-hex-padded" => text.Replace("_", "&#x005f;", StringComparison.Ordinal),
        "entity-name" => text.Replace("_", "&lowbar;", StringComparison.Ordinal),
        "entity-twice" => text.Replace("_", "&amp;#95;", StringComparison.Ordinal),
        "entity-all" => All(text, c => $"&#{(int)c};"),
        "entity-hex-all" => All(text, c => $"&#x{(int)c:x};"),
        "quoted-printable" => text.Replace("_", "=5F", StringComparison.Ordinal),
        "quoted-printable-all" => All(text, c => $"={(int)c:X2}"),
        "style-sheet" => text.Replace("_", "\\5f ", StringComparison.Ordinal),
        "style-sheet-long" => text.Replace("_", "\\00005f", StringComparison.Ordinal),
        "rich-text" => text.Replace("_", "\\'5f", StringComparison.Ordinal),
        "tex" => text.Replace("_", "\\textunderscore{}", StringComparison.Ordinal),
        "octal-short" => All(text, c => "\\" + Convert.ToString(c, 8)),
        "entity-bare" => All(text, c => $"&#{(int)c}"),
        "wbr-everywhere" => string.Join("<wbr>", text.ToCharArray()),
        "shy-everywhere" => string.Join("&shy;", text.ToCharArray()),
        "markdown" => text.Replace("_", "\\_", StringComparison.Ordinal),
        _ => null,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.Latin1.GetBytes(text));

    private static string Base64Url(string text) => Base64(text).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Lines(string text, int width, string lineBreak) => string.Join(lineBreak, text.Chunk(width).Select(line => new string(line)));

    private static string All(string text, Func<char, FormattableString> escape) =>
        string.Concat(text.Select(c => escape(c).ToString(CultureInfo.InvariantCulture)));

    private static string All(string text, Func<char, string> escape) => string.Concat(text.Select(escape));
}
