using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AtomicPay.Scanner.Rules;

/// <summary>What stands after the prefix of a key: characters of given kinds in given numbers, and fixed texts.</summary>
/// <remarks>
/// The language is a small part of that of regular expressions: <c>[A-Za-z0-9_-]{16,128}</c>, fixed text, and fixed texts to
/// choose from, <c>(live_|test_)?</c>, of which one that fits is always taken. It is matched in time proportional to the text,
/// and it can be turned around to make a key up.
/// </remarks>
public sealed class BodyPattern
{
    /// <summary>The most characters that a pattern may ask for.</summary>
    public const int MostCharacters = 512;

    private readonly ImmutableArray<Part> _parts;
    private readonly UInt128 _characters;

    internal BodyPattern(string text, ImmutableArray<Part> parts)
    {
        Text = text;
        _parts = parts;
        Shortest = parts.Sum(part => part.Fewest);
        Longest = parts.Sum(part => part.Most);
        foreach (var part in parts)
        {
            _characters |= part.Characters;
            foreach (var c in part.Texts.SelectMany(choice => choice))
            {
                _characters |= UInt128.One << c;
            }
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>The fewest characters that fit.</summary>
    public int Shortest { get; }

    /// <summary>The most characters that fit.</summary>
    public int Longest { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is none; the message says what to write instead.</exception>
    public static BodyPattern Parse(string text) =>
        BodyPatternReader.TryRead(text, out var pattern, out var error)
            ? pattern
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{error.Message} (at character {error.Index + 1})"));

    /// <summary>The pattern as it was written.</summary>
    public override string ToString() => Text;

    /// <summary>Whether a body may hold the character.</summary>
    internal bool Has(int c) => c is >= 0 and < 128 && (_characters >> c & 1) == 1;

    /// <summary>The length of the longest beginning of <paramref name="text"/> that fits, or -1; and how much of it is fixed text before all else.</summary>
    internal int Match(ReadOnlySpan<char> text, out int fixedBeginning)
    {
        text = text[..Math.Min(text.Length, Longest)];
        Span<bool> reached = stackalloc bool[text.Length + 1];
        Span<bool> next = stackalloc bool[text.Length + 1];
        Span<int> counts = stackalloc int[text.Length + 2];
        reached.Clear();
        reached[0] = true;
        fixedBeginning = 0;
        var isBeginning = true;
        foreach (var part in _parts)
        {
            next.Clear();
            if (part.Texts.IsEmpty)
            {
                isBeginning = false;
                MatchCharacters(part, text, reached, next, counts);
            }
            else
            {
                MatchTexts(part, text, reached, next);
                fixedBeginning = isBeginning ? Math.Max(0, next.IndexOf(true)) : fixedBeginning;
            }

            next.CopyTo(reached);
        }

        return reached.LastIndexOf(true);
    }

    /// <summary>Makes up a body that fits; <paramref name="below"/> gives numbers from 0 on below its argument.</summary>
    internal string MakeUp(Func<int, int> below)
    {
        const int UsualLength = 32;
        var body = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.Texts.IsEmpty)
            {
                var choice = below(part.Texts.Length + (part.Fewest == 0 ? 1 : 0));
                body.Append(choice < part.Texts.Length ? part.Texts[choice] : "");
                continue;
            }

            var characters = Enumerable.Range(0, 128).Where(c => (part.Characters >> c & 1) == 1).ToList();
            for (var count = Math.Clamp(UsualLength, part.Fewest, part.Most); count > 0; count--)
            {
                body.Append((char)characters[below(characters.Count)]);
            }
        }

        return body.ToString();
    }

    private static void MatchTexts(Part part, ReadOnlySpan<char> text, ReadOnlySpan<bool> reached, Span<bool> next)
    {
        for (var at = 0; at < reached.Length; at++)
        {
            if (!reached[at])
            {
                continue;
            }

            var length = part.Fewest == 0 ? 0 : -1;
            foreach (var choice in part.Texts)
            {
                if (choice.Length > length && text[at..].StartsWith(choice, StringComparison.Ordinal))
                {
                    length = choice.Length;
                }
            }

            if (length >= 0)
            {
                next[at + length] = true;
            }
        }
    }

    private static void MatchCharacters(Part part, ReadOnlySpan<char> text, ReadOnlySpan<bool> reached, Span<bool> next, Span<int> counts)
    {
        // How many places before each were reached, so that one subtraction tells whether any place within a range was.
        counts[0] = 0;
        for (var at = 0; at < reached.Length; at++)
        {
            counts[at + 1] = counts[at] + (reached[at] ? 1 : 0);
        }

        var run = 0;
        for (var end = 0; end < reached.Length; end++)
        {
            run = end == 0 || !part.Has(text[end - 1]) ? end : run;
            var from = Math.Max(run, end - part.Most);
            var to = end - part.Fewest;
            next[end] = to >= from && counts[to + 1] > counts[from];
        }
    }

    /// <summary>Characters of a set, so many; or one of several texts.</summary>
    internal readonly record struct Part(UInt128 Characters, ImmutableArray<string> Texts, int Fewest, int Most)
    {
        public bool Has(char c) => c < 128 && (Characters >> c & 1) == 1;
    }
}
