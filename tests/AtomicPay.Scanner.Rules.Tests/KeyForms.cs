using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Puts a key, encoded as a template says, where <c>{key}</c> or <c>{key:form}</c> stands; <c>|</c> chains forms.</summary>
internal static class KeyForms
{
    public static string Expand(string template, string key) =>
        Regex.Replace(template, @"\{key(?::(?<forms>[^}]+))?\}", match =>
            match.Groups["forms"].Value.Split('|', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(match.Groups["forms"].Value.StartsWith("basic", StringComparison.Ordinal) ? "client:" + key : key, Apply));

    public static string Apply(string text, string form) => form switch
    {
        "base64" or "basic" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        "base64url" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        "base64-1" => Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + text)),
        "base64-2" => Convert.ToBase64String(Encoding.UTF8.GetBytes("k=" + text)),
        "utf16-base64" => Convert.ToBase64String(Encoding.Unicode.GetBytes(text)),
        "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        "HEX" => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        "percent" => text.Replace("_", "%5F", StringComparison.Ordinal),
        "percent-all" => All(text, c => $"%{(int)c:X2}"),
        "percent-twice" => All(text, c => $"%{(int)c:x2}").Replace("%5f", "%255f", StringComparison.Ordinal),
        "unicode" => text.Replace("_", "\\u005f", StringComparison.Ordinal),
        "unicode-all" => All(text, c => $"\\u{(int)c:X4}"),
        "unicode-braces" => All(text, c => $"\\u{{{(int)c:x}}}"),
        "hex-escape" => text.Replace("_", "\\x5f", StringComparison.Ordinal),
        "hex-escape-all" => All(text, c => $"\\x{(int)c:x2}"),
        "octal" => text.Replace("_", "\\137", StringComparison.Ordinal),
        "octal-all" => All(text, c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0')),
        "entity" => text.Replace("_", "&#95;", StringComparison.Ordinal),
        "entity-hex" => text.Replace("_", "&#x5F;", StringComparison.Ordinal),
        "entity-name" => text.Replace("_", "&lowbar;", StringComparison.Ordinal),
        "entity-twice" => text.Replace("_", "&amp;#95;", StringComparison.Ordinal),
        "entity-all" => All(text, c => $"&#{(int)c};"),
        "entity-hex-all" => All(text, c => $"&#x{(int)c:x};"),
        "quoted-printable" => text.Replace("_", "=5F", StringComparison.Ordinal),
        "quoted-printable-all" => All(text, c => $"={(int)c:X2}"),
        "markdown" => text.Replace("_", "\\_", StringComparison.Ordinal),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };

    /// <summary>The name under which the scanner reports what undoes the form.</summary>
    public static string NameOf(string form) => form switch
    {
        _ when form.StartsWith("utf16-base64", StringComparison.Ordinal) => "base64 utf-16le",
        _ when form.StartsWith("base64", StringComparison.Ordinal) || form == "basic" => "base64",
        _ when form.StartsWith("hex-escape", StringComparison.Ordinal) => "hex-escape",
        "hex" or "HEX" => "hex",
        _ when form.StartsWith("percent", StringComparison.Ordinal) => "percent",
        _ when form.StartsWith("unicode", StringComparison.Ordinal) => "unicode-escape",
        _ when form.StartsWith("octal", StringComparison.Ordinal) => "octal-escape",
        _ when form.StartsWith("entity", StringComparison.Ordinal) => "html-entity",
        _ when form.StartsWith("quoted-printable", StringComparison.Ordinal) => "quoted-printable",
        "markdown" => "backslash-escape",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };

    private static string All(string text, Func<char, FormattableString> escape) =>
        string.Concat(text.Select(c => escape(c).ToString(CultureInfo.InvariantCulture)));

    private static string All(string text, Func<char, string> escape) => string.Concat(text.Select(escape));
}
