namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>Finds keys that are sent to a host: in headers, options, addresses and variables of the same few lines.</summary>
internal static class SentKeys
{
    /// <param name="content">The content.</param>
    /// <param name="rule">The rule whose host it is.</param>
    /// <param name="around">The text around the host.</param>
    /// <param name="host">Where in the text the host begins.</param>
    /// <param name="searched">Up to where in the content others have looked already: the host often stands on every line.</param>
    /// <param name="matches">Takes what is found.</param>
    public static void Read(
        ReadOnlySpan<byte> content, Rule rule, Surroundings around, int host, ref int searched, ref List<RuleMatch>? matches)
    {
        var text = around.Text;
        var (first, end) = Paragraph(text, rule.Host, host);
        for (var at = first; at < end; at++)
        {
            var place = around.Layer.StartOf(around.IndexOf(at));
            if (place < searched)
            {
                continue;
            }

            searched = place + 1;
            if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '_'))
            {
                continue;
            }

            if (TryReadAt(content, rule, around, at, out var match))
            {
                matches ??= [];
                matches.Add(match);
            }
        }
    }

    private static bool TryReadAt(ReadOnlySpan<byte> content, Rule rule, Surroundings around, int at, out RuleMatch match)
    {
        var text = around.Text;
        match = default;
        switch (text[at] | 0x20)
        {
            case 'b' when Begins(text, at, "basic"):
                return AfterScheme(text, at + "basic".Length, out _) is >= 0 and var credentials
                    && Token.TryReadBasic(rule, around, credentials, out match);
            case 'b' when Begins(text, at, "bearer"):
                return Token.TryRead(content, rule, around, AfterScheme(text, at + "bearer".Length, out var quote), quote, out match);
            case 'u' when Begins(text, at, "u ") || Begins(text, at, "user "):
                return IsOption(text, at) && TryReadUser(content, rule, around, at + (Begins(text, at, "u ") ? 2 : 5), ':', out match);
            case '/' when Begins(text, at, "//"):
                return TryReadUser(content, rule, around, at + 2, '@', out match);
            default:
                // A word alone, such as token, is a name for much; two tell.
                return KeyNames.Read(text, at, out var words) is >= 0 and var end && words >= 2
                    && Token.TryRead(content, rule, around, Assignment.ValueAfter(text, at, end, out var ending), ending, out match);
        }
    }

    // Bearer KEY, and "Bearer", "KEY".
    private static int AfterScheme(ReadOnlySpan<char> text, int end, out char quote)
    {
        quote = '\0';
        if (Assignment.At(text, end) == ' ')
        {
            return Assignment.AfterBlanks(text, end);
        }

        var at = Assignment.AfterBlanks(text, Assignment.AfterQuote(text, end, out var closing));
        return closing != '\0' && Assignment.At(text, at) == ',' ? Assignment.Value(text, at + 1, mustBeQuoted: true, out quote) : -1;
    }

    private static bool TryReadUser(ReadOnlySpan<byte> content, Rule rule, Surroundings around, int start, char after, out RuleMatch match)
    {
        start = Assignment.AfterQuote(around.Text, start, out _);
        var end = start;
        while (end < around.Text.Length && rule.Body.Has(around.Text[end]))
        {
            end++;
        }

        match = default;
        var next = Assignment.At(around.Text, end);
        return (next == after || next == ':') && Token.TryRead(content, rule, around, start, next, out match);
    }

    private static bool IsOption(ReadOnlySpan<char> text, int at) => at > 0 && text[at - 1] == '-';

    /// <summary>The lines around the host down to an empty line or another address.</summary>
    private static (int First, int End) Paragraph(ReadOnlySpan<char> text, string hostName, int host)
    {
        var first = host;
        while (first > 0 && !IsEmptyLine(text, first - 1) && (first >= host - "https://".Length || !IsAddress(text, first - 1, hostName)))
        {
            first--;
        }

        var end = host + hostName.Length;
        while (end < text.Length && !IsEmptyLine(text, end) && !IsAddress(text, end, hostName))
        {
            end++;
        }

        return (first, end);
    }

    private static bool IsEmptyLine(ReadOnlySpan<char> text, int at) =>
        text[at] == '\n' && text[(at + 1)..].TrimStart(" \t\r") is var rest && (rest.IsEmpty || rest[0] == '\n');

    private static bool IsAddress(ReadOnlySpan<char> text, int at, string hostName) =>
        text[at] == ':' && Begins(text, at, "://") && !Begins(text, at + "://".Length, hostName);

    private static bool Begins(ReadOnlySpan<char> text, int at, string with) =>
        at < text.Length && text[at..].StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
