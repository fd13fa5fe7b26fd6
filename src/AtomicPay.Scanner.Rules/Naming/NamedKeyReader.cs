using AtomicPay.Scanner.Rules.Decoding;
using AtomicPay.Scanner.Rules.Matching;

namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>Reads the keys that the name of their service announces: assigned to it, in a section of settings of that name, or sent to its host.</summary>
internal static class NamedKeyReader
{
    private const int MostLines = 12;

    /// <param name="content">The content.</param>
    /// <param name="anchor">The name.</param>
    /// <param name="offset">Where it stands, in bytes.</param>
    /// <param name="searched">Up to where what is sent to a host has been looked for already.</param>
    /// <param name="matches">Takes what is found.</param>
    public static void Read(ReadOnlySpan<byte> content, Anchor anchor, int offset, ref int searched, ref List<RuleMatch>? matches)
    {
        Layer layer = ContentLayer.Instance;
        var start = offset;
        foreach (var step in anchor.Steps)
        {
            layer = layer.Decode(content, start, step);
            start = 0;
        }

        var around = new Surroundings(content, layer, start, stackalloc char[2 * Surroundings.Reach]);
        var rule = anchor.Rule;
        var host = around.Place - (rule.Host.IndexOf('.', StringComparison.Ordinal) + 1);
        if (rule.Host.Length > 0 && host >= 0 && around.Text[host..].StartsWith(rule.Host, StringComparison.OrdinalIgnoreCase))
        {
            SentKeys.Read(content, rule, around, host, ref searched, ref matches);
            return;
        }

        var end = around.Place + (anchor.Literal.Length + anchor.Steps.Length) / (anchor.Steps.Length + 1);
        if (KeyNames.Read(around.Text, end, out _) is >= 0 and var nameEnd)
        {
            Add(content, rule, around, StartOfName(around), nameEnd, ref matches);
        }
        else if (KeyNames.ReadSection(around.Text, end) is >= 0 and var sectionEnd)
        {
            ReadSection(content, rule, around, sectionEnd, ref matches);
        }
    }

    private static void Add(ReadOnlySpan<byte> content, Rule rule, Surroundings around, int name, int nameEnd, ref List<RuleMatch>? matches)
    {
        var value = Assignment.ValueAfter(around.Text, name, nameEnd, out var quote);
        if (Token.TryRead(content, rule, around, value, quote, out var match))
        {
            matches ??= [];
            matches.Add(match);
        }
    }

    private static int StartOfName(Surroundings around)
    {
        var at = around.Place;
        while (at > 0 && (char.IsAsciiLetterOrDigit(around.Text[at - 1]) || around.Text[at - 1] is '_' or '-' or '.' or ':'))
        {
            at--;
        }

        return at;
    }

    /// <summary>Looks at the names in a section: JSON and PHP in brackets, YAML by its indent, TOML and INI up to the next heading.</summary>
    private static void ReadSection(ReadOnlySpan<byte> content, Rule rule, Surroundings around, int end, ref List<RuleMatch>? matches)
    {
        var text = around.Text;
        var at = OpeningAfter(text, end);
        if (at < 0)
        {
            return;
        }

        var indent = IndentOf(text, around.Place);
        var isIndented = text[at - 1] == ':';
        for (var lines = 0; lines < MostLines && at < text.Length; lines++)
        {
            var next = SkipBlanks(text, at);
            if (text[at..next].Count('\n') > 1 || Assignment.At(text, next) is '}' or ']' or '[' or '\0'
                || (isIndented && IndentOf(text, next) <= indent))
            {
                return;
            }

            var name = Assignment.AfterQuote(text, next, out _);
            if (KeyNames.Read(text, name, out _) is >= 0 and var nameEnd)
            {
                Add(content, rule, around, name, nameEnd, ref matches);
            }

            at = next + text[next..].IndexOfAny('\n', ',', '{') + 1;
            if (at <= next)
            {
                return;
            }
        }
    }

    /// <summary>The index after what opens a section: <c>": {</c>, <c>' => [</c>, <c>]</c>, or the colon that ends a line.</summary>
    private static int OpeningAfter(ReadOnlySpan<char> text, int end)
    {
        var at = Assignment.AfterBlanks(text, Assignment.AfterQuote(text, end, out var quote));
        if (Assignment.At(text, at) == ']' && quote == '\0')
        {
            return at + 1;
        }

        if (Assignment.At(text, at) is not (':' or '='))
        {
            return -1;
        }

        var opening = SkipBlanks(text, at + (Assignment.At(text, at + 1) == '>' ? 2 : 1));
        return Assignment.At(text, opening) is '{' or '[' ? opening + 1
            : text[at] == ':' && text[at..opening].Contains('\n') ? at + 1
            : -1;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (Assignment.At(text, at) is ' ' or '\t' or '\r' or '\n' or ',')
        {
            at++;
        }

        return at;
    }

    private static int IndentOf(ReadOnlySpan<char> text, int at)
    {
        var line = text[(text[..at].LastIndexOf('\n') + 1)..];
        return line.Length - line.TrimStart(" \t-\"'").Length;
    }
}
