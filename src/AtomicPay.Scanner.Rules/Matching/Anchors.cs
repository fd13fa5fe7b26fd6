using System.Collections.Immutable;
using System.Globalization;
using AtomicPay.Scanner.Rules.Decoding;
using Encoding = AtomicPay.Scanner.Rules.Decoding.Encoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Computes from a prefix what to look for.</summary>
/// <remarks>
/// What is looked for is the stem, the prefix up to its first character that is not a letter or digit: escapes leave letters
/// alone and touch the underscore, so that one literal stands for the plain text and for all ways of escaping the underscore.
/// </remarks>
internal static class Anchors
{
    private const int ShortestStem = 4;

    // In base64 text of any kind four given digits turn up 60 times in a gigabyte; below that they are no sign of anything.
    private const int ShortestBase64 = 4;

    public static IEnumerable<Anchor> For(Rule rule) =>
        rule.Prefixes.SelectMany(prefix => For(rule, prefix, Texts(prefix)))
            .Concat(rule.Names.SelectMany(name => For(rule, "", TextsOfName(name))));

    private static IEnumerable<Anchor> For(Rule rule, string prefix, IEnumerable<(string, bool, ImmutableArray<Step>)> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (text, ignoreCase, steps) in texts)
        {
            if (seen.Add($"{text}|{string.Join('|', steps)}"))
            {
                yield return new Anchor(rule, prefix, new Literal(System.Text.Encoding.ASCII.GetBytes(text), ignoreCase), steps);
            }
        }
    }

    // Names stand beside keys and are seldom encoded with them; whole files in UTF-16 are not rare.
    private static IEnumerable<(string Text, bool IgnoreCase, ImmutableArray<Step> Steps)> TextsOfName(string name) =>
        [(name, true, []), (string.Join('\0', name.ToCharArray()), true, [new(Encoding.Utf16)])];

    private static IEnumerable<(string Text, bool IgnoreCase, ImmutableArray<Step> Steps)> Texts(string prefix)
    {
        var stems = Stems(prefix);
        yield return (stems[0], false, []);
        foreach (var (text, steps) in RunsOf(stems[0], prefix))
        {
            yield return (text, IsHexText(steps), steps);
        }

        // The digits of escapes come in both cases; reading on from there settles the rest.
        foreach (var stem in stems[1..])
        {
            yield return (stem, true, []);
        }

        foreach (var escaped in Escaped(Stems(prefix)[0]))
        {
            yield return (escaped, true, []);
        }
    }

    /// <summary>The text to look for in runs that are wholly encoded, once or twice.</summary>
    private static IEnumerable<(string Text, ImmutableArray<Step> Steps)> RunsOf(string stem, string prefix)
    {
        foreach (var (once, step) in Encoded(stem, prefix))
        {
            yield return (once, [step]);
            foreach (var (twice, outer) in Encoded(once, once))
            {
                if (IsWorthwhile(outer.Encoding, step.Encoding))
                {
                    yield return (twice, [outer, step]);
                }
            }

            if (step.Encoding == Encoding.Base64)
            {
                foreach (var wrapped in Wrapped(once, step.Alignment))
                {
                    yield return (wrapped, [step]);
                }
            }

            // Hexadecimal digits inside base64 come in one case or the other.
            if (step.Encoding == Encoding.Hex)
            {
                foreach (var (twice, outer) in Encoded(once.ToUpperInvariant(), once.ToUpperInvariant()).Where(encoded => encoded.Step.Encoding == Encoding.Base64))
                {
                    yield return (twice, [outer, step]);
                }
            }
        }
    }

    // Hexadecimal digits come in both cases, unless base64 around them has made other digits of them.
    private static bool IsHexText(ImmutableArray<Step> steps) =>
        steps.First(step => step.Encoding is Encoding.Hex or Encoding.Base64 || step == steps[^1]).Encoding == Encoding.Hex;

    // Nobody writes UTF-16 as UTF-16; UTF-32 is rare enough alone.
    private static bool IsWorthwhile(Encoding outer, Encoding inner) =>
        outer != Encoding.Utf32 && inner != Encoding.Utf32 && !(outer == Encoding.Utf16 && inner == Encoding.Utf16)
        && !(outer == Encoding.Hex && inner == Encoding.Hex);

    private static IEnumerable<(string Text, Step Step)> Encoded(string text, string whole)
    {
        yield return (string.Join('\0', text.ToCharArray()), new(Encoding.Utf16));
        yield return (string.Join("\0\0\0", text.ToCharArray()), new(Encoding.Utf32));
        yield return (string.Concat(text.Select(c => Number(c, "x2"))), new(Encoding.Hex));
        for (var alignment = 0; alignment < 3; alignment++)
        {
            var digits = Base64(text, alignment);
            digits = digits.Length < ShortestBase64 ? Base64(whole, alignment) : digits;
            if (digits.Length >= ShortestBase64)
            {
                yield return (digits, new(Encoding.Base64, alignment));
            }
        }
    }

    /// <summary>The base64 digits that <paramref name="text"/> determines alone, whatever stands around it.</summary>
    private static string Base64(string text, int alignment)
    {
        var first = ((8 * alignment) + 5) / 6;
        var end = 8 * (alignment + text.Length) / 6;
        return Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(new string('\0', alignment) + text))[first..end];
    }

    /// <summary>The same digits with a line break among them: lines are whole groups of four.</summary>
    private static IEnumerable<string> Wrapped(string digits, int alignment)
    {
        var first = ((8 * alignment) + 5) / 6;
        for (var place = 4 - (first % 4); place < digits.Length; place += 4)
        {
            foreach (var lineBreak in new[] { "\n", "\r\n", "\\n", "\\r\\n" })
            {
                yield return digits.Insert(place, lineBreak);
            }
        }
    }

    private static List<string> Stems(string prefix)
    {
        var stem = new string([.. prefix.TakeWhile(char.IsAsciiLetterOrDigit)]);
        if (stem.Length >= ShortestStem)
        {
            return [stem];
        }

        // Too short to be rare: the whole prefix then, and the ways of escaping what stands in it, all of it or one kind.
        var punctuation = prefix.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct().ToArray();
        var escaped =
            from one in punctuation.Select(c => new[] { c }).Append(punctuation)
            from escape in CharacterEscapes.Concat(PunctuationEscapes)
            select string.Concat(prefix.Select(c => one.Contains(c) ? escape(c) : c.ToString()));
        return [prefix, .. escaped.Where(text => text != prefix).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Escaped(string stem) =>
        CharacterEscapes.Select(escape => string.Concat(stem.Select(escape)));

    private static IReadOnlyList<Func<char, string>> CharacterEscapes { get; } =
    [
        c => "%" + Number(c, "x2"),
        c => "\\u" + Number(c, "x4"),
        c => "\\u{" + Number(c, "x") + "}",
        c => "\\x" + Number(c, "x2"),
        c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'),
        c => "&#" + Number(c, "d") + ";",
        c => "&#x" + Number(c, "x") + ";",
        c => "=" + Number(c, "x2"),
    ];

    /// <summary>Ways that only punctuation is escaped in.</summary>
    private static IReadOnlyList<Func<char, string>> PunctuationEscapes { get; } =
    [
        c => "\\" + c,
        c => c == '_' ? "&lowbar;" : c.ToString(),
        c => "%25" + Number(c, "x2"),
        c => "&amp;#" + Number(c, "d") + ";",
    ];

    private static string Number(char c, string format) => ((int)c).ToString(format, CultureInfo.InvariantCulture);
}
