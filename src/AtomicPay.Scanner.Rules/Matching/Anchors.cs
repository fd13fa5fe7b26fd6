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

    /// <summary>What to look for in any content.</summary>
    public static IEnumerable<Anchor> For(Rule rule) =>
        rule.Prefixes.SelectMany(prefix => Distinct(rule, prefix, Texts(prefix).Concat(Pieces.Of(prefix)).Concat(Lists.Of(prefix))))
            .Concat(rule.Names.SelectMany(name => Distinct(rule, "", TextsOfName(name))));

    /// <summary>What to look for in long runs of digits only: text that was encoded several times, or wrapped.</summary>
    public static IEnumerable<Anchor> Deep(Rule rule) => rule.Prefixes.SelectMany(prefix => Distinct(rule, prefix, DeepTexts(prefix)));

    private static IEnumerable<Anchor> Distinct(Rule rule, string prefix, IEnumerable<AnchorText> texts)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var text in texts)
        {
            if (seen.Add((text.Text, string.Join('|', text.Steps))))
            {
                yield return new Anchor(rule, prefix, new Literal(System.Text.Encoding.Latin1.GetBytes(text.Text), text.IgnoreCase), text.Steps, text.Before, text.Lead);
            }
        }
    }

    // Names stand beside keys and are seldom encoded with them; whole files in UTF-16 are not rare.
    private static IEnumerable<AnchorText> TextsOfName(string name) =>
        [new(name, true, []), new(string.Join('\0', name.ToCharArray()), true, [new(Encoding.Utf16)])];

    private static IEnumerable<AnchorText> Texts(string prefix)
    {
        var stems = Stems(prefix);
        yield return new(stems[0], false, []);
        foreach (var once in Encoded(stems[0], prefix, []))
        {
            yield return once;
            foreach (var twice in EncodedAgain(once).Where(IsWide))
            {
                yield return twice;
            }
        }

        // The digits of escapes come in both cases; reading on from there settles the rest.
        foreach (var stem in stems[1..])
        {
            yield return new(stem, true, []);
        }

        foreach (var escape in CharacterEscapes)
        {
            yield return new(string.Concat(stems[0].Select(escape)), true, []);
        }

        // Text that may break after every character begins with one.
        foreach (var invisible in Invisibles)
        {
            yield return new(prefix[0] + invisible + prefix[1], false, []);
        }
    }

    /// <summary>What pages put where a word may break. The characters themselves are no anchors: those are ASCII.</summary>
    private static readonly string[] Invisibles = ["&shy;", "&#8203;", "&#x200b;", "<wbr>", "<wbr/>"];

    private static IEnumerable<AnchorText> DeepTexts(string prefix)
    {
        // All of it escaped, and that encoded.
        foreach (var escape in CharacterEscapes)
        {
            var escaped = string.Concat(Stems(prefix)[0].Select(escape));
            foreach (var encoded in Encoded(escaped, escaped, []).Where(text => text.Steps[0].Encoding is Encoding.Base64 or Encoding.Hex))
            {
                yield return encoded;
            }
        }

        foreach (var once in Encoded(Stems(prefix)[0], prefix, []))
        {
            foreach (var wrapped in Wrapped(once, "\n", "\r\n", "\\n", "\\r\\n", "\n  ", "\n    ", "\n+"))
            {
                yield return wrapped;
            }

            // A file that was wrapped when it was encoded, and encoded again.
            foreach (var twice in Wrapped(once, "\n").SelectMany(EncodedAgain))
            {
                yield return twice;
            }

            foreach (var twice in EncodedAgain(once))
            {
                if (!IsWide(twice))
                {
                    yield return twice;
                }

                foreach (var more in Wrapped(twice, "\n", "\r\n", "\\n").Concat(EncodedAgain(twice)))
                {
                    yield return more;
                }
            }
        }
    }

    private static bool IsWide(AnchorText text) => text.Steps[0].Encoding == Encoding.Utf16;

    // Nobody writes UTF-16 as UTF-16; UTF-32 is rare enough alone.
    private static bool IsWorthwhile(Encoding outer, Encoding inner) =>
        outer != Encoding.Utf32 && inner != Encoding.Utf32 && !(outer == Encoding.Utf16 && inner == Encoding.Utf16);

    // Hexadecimal digits inside another encoding come in one case or the other.
    private static IEnumerable<AnchorText> EncodedAgain(AnchorText once)
    {
        var texts = once.Steps[0].Encoding == Encoding.Hex ? new[] { once.Text, once.Text.ToUpperInvariant() }.Distinct(StringComparer.Ordinal) : [once.Text];
        return texts.SelectMany(text => Encoded(text, text, once.Steps)).Where(twice => IsWorthwhile(twice.Steps[0].Encoding, once.Steps[0].Encoding));
    }

    private static IEnumerable<AnchorText> Encoded(string text, string whole, ImmutableArray<Step> steps)
    {
        yield return new(string.Join('\0', text.ToCharArray()), false, steps.Insert(0, new(Encoding.Utf16)));
        yield return new(string.Join("\0\0\0", text.ToCharArray()), false, steps.Insert(0, new(Encoding.Utf32)));
        yield return new(string.Concat(text.Select(c => Number(c, "x2"))), true, steps.Insert(0, new(Encoding.Hex)));
        for (var alignment = 0; alignment < 3; alignment++)
        {
            var digits = Base64(text, alignment);
            digits = digits.Length < ShortestBase64 ? Base64(whole, alignment) : digits;
            if (digits.Length >= ShortestBase64)
            {
                yield return new(digits, false, steps.Insert(0, new(Encoding.Base64, alignment)));
            }
        }
    }

    /// <summary>The base64 digits that <paramref name="text"/> determines alone, whatever stands around it.</summary>
    private static string Base64(string text, int alignment)
    {
        var first = ((8 * alignment) + 5) / 6;
        var end = 8 * (alignment + text.Length) / 6;
        return Convert.ToBase64String(System.Text.Encoding.Latin1.GetBytes(new string('\0', alignment) + text))[first..end];
    }

    /// <summary>The same digits with a line break among them: lines are whole groups of four.</summary>
    private static IEnumerable<AnchorText> Wrapped(AnchorText once, params string[] lineBreaks)
    {
        if (once.Steps[0] is not { Encoding: Encoding.Base64, Alignment: var alignment })
        {
            yield break;
        }

        var first = ((8 * alignment) + 5) / 6;
        for (var place = 4 - (first % 4); place < once.Text.Length; place += 4)
        {
            foreach (var lineBreak in lineBreaks)
            {
                yield return once with { Text = once.Text.Insert(place, lineBreak) };
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

    private static IReadOnlyList<Func<char, string>> CharacterEscapes { get; } =
    [
        c => "%" + Number(c, "x2"),
        c => "%25" + Number(c, "x2"),
        c => "%u" + Number(c, "x4"),
        c => "\\u" + Number(c, "x4"),
        c => "\\u{" + Number(c, "x") + "}",
        c => "\\U" + Number(c, "x8"),
        c => "\\x" + Number(c, "x2"),
        c => "\\x{" + Number(c, "x") + "}",
        c => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'),
        c => "&#" + Number(c, "d") + ";",
        c => "&#" + Number(c, "d4") + ";",
        c => "&#" + Number(c, "d"),
        c => "&#x" + Number(c, "x") + ";",
        c => "&#x" + Number(c, "x4") + ";",
        c => "&amp;#" + Number(c, "d") + ";",
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
