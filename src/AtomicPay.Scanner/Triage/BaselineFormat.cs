using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Triage;

/// <summary>
/// A baseline as text: <c>SHA-256 of the key, path, # reason</c>, one finding a line. No line numbers, so that it stays true when
/// lines move; sorted by the hash, which spreads what two branches add all over the file, so that git seldom sees a conflict and
/// with <c>merge=union</c> never does: neither the order of lines nor a line that stands there twice means anything.
/// </summary>
internal static class BaselineFormat
{
    private const string Introduction = """
        # Findings of atomicpay-scan that were known when this file was written, and are not reported again.
        # A line is the SHA-256 of a key, a path, and, after #, the reason why it may stay there.
        # Write it anew, reasons kept: atomicpay-scan baseline -o FILE

        """;

    /// <summary>Reads a baseline and what stands above its first entry.</summary>
    /// <exception cref="ConfigurationException">A line is none of a baseline.</exception>
    public static (string Introduction, IReadOnlyList<BaselineEntry> Entries) Read(string name, ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        var introduction = new StringBuilder();
        var entries = new List<BaselineEntry>();
        var number = 0;
        foreach (var line in PathText.Decode(text).Split('\n').Select(l => l.TrimEnd('\r', ' ', '\t')))
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                entries.Add(Parse(name, line, number));
            }
            else if (entries.Count == 0 && line.Length > 0)
            {
                introduction.Append(line).Append('\n');
            }
        }

        return (introduction.ToString(), entries);
    }

    public static byte[] Write(string? introduction, IEnumerable<BaselineEntry> entries)
    {
        var text = new StringBuilder(introduction ?? Introduction);
        foreach (var entry in entries.DistinctBy(e => (e.Sha256, e.Path)).OrderBy(e => e.Sha256, StringComparer.Ordinal).ThenBy(e => e.Path, StringComparer.Ordinal))
        {
            text.Append(entry.Sha256).Append("  ").Append(Escape(entry.Path));
            text.Append(entry.Reason is null ? "" : $"  # {entry.Reason}").Append('\n');
        }

        return PathText.Encode(text.ToString());
    }

    private static BaselineEntry Parse(string name, string line, int number)
    {
        var (hash, rest) = line.IndexOfAny([' ', '\t']) is > 0 and var at ? (line[..at], line[at..].TrimStart()) : (line, "");
        if (hash.StartsWith("<<<<<<<", StringComparison.Ordinal) || hash.StartsWith("=======", StringComparison.Ordinal) || hash.StartsWith(">>>>>>>", StringComparison.Ordinal))
        {
            throw new ConfigurationException(name, number, 1, "A merge left a conflict here: keep the lines of both sides. With 'merge=union' for this file in .gitattributes git does that itself.");
        }

        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
        {
            throw new ConfigurationException(name, number, 1, "A line of a baseline begins with the SHA-256 of a key, 64 hexadecimal digits.");
        }

        var comment = rest.IndexOf('#', StringComparison.Ordinal);
        var path = (comment < 0 ? rest : rest[..comment]).TrimEnd();
        if (path.Length == 0 || path.AsSpan().ContainsAny(' ', '\t'))
        {
            throw new ConfigurationException(name, number, 67, "Behind the SHA-256 stands one path, in which a space is written %20.");
        }

        var reason = comment < 0 ? "" : rest[(comment + 1)..].Trim();
        return new BaselineEntry(hash.ToLowerInvariant(), Unescape(path), reason.Length == 0 ? null : reason, number);
    }

    /// <summary>Percent-encodes what would end a path or a line, and bytes that are no text.</summary>
    private static string Escape(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            if (PathText.IsEscapedByte(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"%{PathText.EscapedByte(c):X2}");
            }
            else if (c is <= ' ' or '\x7F' or '%' or '#')
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Unescape(string path)
    {
        var bytes = new List<byte>(path.Length);
        var encoded = PathText.Encode(path);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(encoded[i]);
            }
        }

        return PathText.Decode([.. bytes]);
    }
}
