using System.Text.RegularExpressions;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports;

/// <summary>
/// Keeps keys out of everything that a report says. A masked key beside its finding is not enough: a key may be part of a file
/// name, a ref or an error message, and such a name comes up wherever its file does.
/// </summary>
internal sealed class Redaction
{
    private readonly RuleSet _rules;
    private readonly string[] _prefixes;
    private readonly Lazy<Regex[]> _roots;
    private readonly int[] _lengths;
    private readonly int[] _lengthsWithoutPrefix;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _keys;
    private readonly Dictionary<string, string> _masked = [];
    private readonly Dictionary<string, string> _shown = [];

    public Redaction(ScanResult result)
    {
        _rules = result.Rules;
        _prefixes = [.. result.Rules.Rules.Concat(result.Findings.Select(finding => finding.Rule))
            .SelectMany(rule => rule.Prefixes).Distinct()];
        _roots = new(() => [.. RootsOf(result.Root)]);

        // The keys stay in this object and are compared only: what leaves it has them masked.
        var keys = result.Findings.Select(finding => finding.Secret.Reveal()).ToHashSet();
        _lengths = [.. keys.Select(key => key.Length).Distinct().OrderDescending()];
        _lengthsWithoutPrefix = [.. result.Findings.Select(finding => finding.Secret.Reveal())
            .Where(key => !Array.Exists(_prefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(key => key.Length).Distinct().OrderDescending()];
        _keys = keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The text with every key masked, otherwise as it was: for paths that are to be encoded, not shown.</summary>
    public string Mask(string text)
    {
        if (_masked.TryGetValue(text, out var known))
        {
            return known;
        }

        // The rules also find keys that are no finding of this report (suppressed ones) and keys that stand encoded in a name.
        var masked = MaskedText.Of(_rules, MaskKnownKeys(text));
        _masked[text] = masked;
        return masked;
    }

    /// <summary>The text on one line, masked and safe to print.</summary>
    public string Show(string text)
    {
        if (_shown.TryGetValue(text, out var known))
        {
            return known;
        }

        var shown = DisplayText.Line(Mask(text));
        _shown[text] = shown;
        return shown;
    }

    /// <summary>A sentence that another part of the program made, also without the absolute path of what was scanned: reports travel.</summary>
    public string ShowReason(string reason)
    {
        foreach (var root in _roots.Value)
        {
            reason = root.Replace(reason, match => match.Value[^1] is '/' or '\\' ? "" : ".");
        }

        return Show(reason.Trim().TrimEnd('.'));
    }

    private static IEnumerable<Regex> RootsOf(string root)
    {
        if (root is "" or "-" || root.Contains('\0', StringComparison.Ordinal))
        {
            return [];
        }

        return new[] { root, Path.GetFullPath(root) }
            .Where(Path.IsPathRooted)
            .Select(path => path.TrimEnd('/', '\\'))
            .Where(path => path.Length > 2)
            .Distinct()
            .Select(path => new Regex(Regex.Escape(path) + @"(?:[/\\]|(?![\w.-]))", RegexOptions.CultureInvariant));
    }

    private string MaskKnownKeys(string text)
    {
        text = MaskKnownKeysWithoutPrefix(text);
        foreach (var prefix in _prefixes)
        {
            for (var at = 0; (at = text.IndexOf(prefix, at, StringComparison.Ordinal)) >= 0; at += prefix.Length)
            {
                var rest = text.AsSpan(at);
                foreach (var length in _lengths)
                {
                    if (rest.Length >= length && _keys.Contains(rest[..length]))
                    {
                        text = string.Concat(text.AsSpan(0, at), new Secret(rest[..length].ToString(), prefix).Redacted, rest[length..]);
                        break;
                    }
                }
            }
        }

        return text;
    }

    private string MaskKnownKeysWithoutPrefix(string text)
    {
        foreach (var length in _lengthsWithoutPrefix)
        {
            for (var at = 0; at + length <= text.Length; at++)
            {
                if (_keys.Contains(text.AsSpan(at, length)))
                {
                    text = string.Concat(text.AsSpan(0, at), new Secret(text.Substring(at, length), "").Redacted, text.AsSpan(at + length));
                }
            }
        }

        return text;
    }
}
