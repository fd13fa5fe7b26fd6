namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>Finds what is assigned to a name, in the ways of programs, shells and files of settings.</summary>
internal static class Assignment
{
    private const int WidestGap = 120;

    /// <summary>Where the value begins, after its quote, or -1 when nothing is assigned.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Where the whole name begins.</param>
    /// <param name="end">The index after the name.</param>
    /// <param name="quote">The quote that must end the value; NUL when the value must be quoted by nothing.</param>
    public static int ValueAfter(ReadOnlySpan<char> text, int name, int end, out char quote)
    {
        quote = '\0';
        var at = AfterQuote(text, end, out var nameQuote);
        while (At(text, at) is ']' or ')')
        {
            at++;
        }

        var afterBlanks = AfterBlanks(text, at);
        switch (At(text, afterBlanks))
        {
            case '=' when At(text, afterBlanks + 1) is not ('=' or '~'):
                return Value(text, afterBlanks + (At(text, afterBlanks + 1) == '>' ? 2 : 1), mustBeQuoted: false, out quote);
            case ':' when At(text, afterBlanks + 1) == '=':
            case '?' when At(text, afterBlanks + 1) == '=':
                return Value(text, afterBlanks + 2, mustBeQuoted: false, out quote);
            case ':' when At(text, afterBlanks + 1) == '-':
                return Value(text, afterBlanks + 2, mustBeQuoted: false, out quote);
            case ':' when At(text, afterBlanks + 1) != ':':
                return Value(text, AfterType(text, afterBlanks + 1), mustBeQuoted: false, out quote);
            case '?' when At(text, afterBlanks + 1) == '?':
            case '|' when At(text, afterBlanks + 1) == '|':
                return Value(text, afterBlanks + 2, mustBeQuoted: true, out quote);
            case ',' when nameQuote != '\0':
                var label = AfterLabel(text, AfterLines(text, afterBlanks + 1));
                return label >= 0
                    ? Value(text, label, mustBeQuoted: true, out quote)
                    : Value(text, afterBlanks + 1, mustBeQuoted: true, out quote);
            case '>':
                quote = '<';
                return AfterLines(text, afterBlanks + 1);
            case '{' when text[afterBlanks..].IndexOf('}') is > 0 and < WidestGap and var close && IsAccessors(text.Slice(afterBlanks + 1, close - 1)):
                var assignment = AfterBlanks(text, afterBlanks + close + 1);
                return At(text, assignment) == '=' ? Value(text, assignment + 1, mustBeQuoted: true, out quote) : -1;
            case 'o' when Begins(text, afterBlanks, "or "):
                return Value(text, afterBlanks + 3, mustBeQuoted: true, out quote);
            case '\r' or '\n' when AfterLabel(text, AfterLines(text, afterBlanks)) is >= 0 and var next:
                // A name and its value on two lines, as in lists of environment variables.
                return Value(text, next, mustBeQuoted: false, out quote);
            case 'v' or 'V' when AfterLabel(text, afterBlanks) is >= 0 and var attribute:
                return Value(text, attribute, mustBeQuoted: true, out quote);
            default:
                return afterBlanks > at && IsCommand(text, name) ? Value(text, afterBlanks, mustBeQuoted: false, out quote) : -1;
        }
    }

    /// <summary>Where the value begins that stands at <paramref name="at"/> or after blanks.</summary>
    public static int Value(ReadOnlySpan<char> text, int at, bool mustBeQuoted, out char quote)
    {
        var value = AfterLines(text, at);
        var isOnNextLine = text[at..value].Contains('\n');
        while (At(text, value) is '@' or 'b' or 'f' or 'r' or 'u' or 'L' && At(text, value + 1) is '"' or '\'')
        {
            value++;
        }

        value = AfterQuote(text, value, out quote);
        return quote == '\0' && (mustBeQuoted || isOnNextLine) ? -1 : value;
    }

    /// <summary>The index after a quote and the backslashes that escape it, when there is one.</summary>
    public static int AfterQuote(ReadOnlySpan<char> text, int index, out char quote)
    {
        var at = index;
        while (at - index < 4 && At(text, at) == '\\')
        {
            at++;
        }

        quote = At(text, at) is '"' or '\'' or '`' ? text[at] : '\0';
        return quote == '\0' ? index : at + 1;
    }

    public static int AfterBlanks(ReadOnlySpan<char> text, int at)
    {
        while (At(text, at) is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    public static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';

    private static int AfterLines(ReadOnlySpan<char> text, int index)
    {
        var at = index;
        while (at - index < WidestGap && At(text, at) is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    // const apiKey: string = "...", and api_key: Optional[str] = "...": what stands between is a type.
    private static int AfterType(ReadOnlySpan<char> text, int colon)
    {
        var at = colon;
        while (at - colon < WidestGap && (char.IsAsciiLetterOrDigit(At(text, at)) || At(text, at) is ' ' or '.' or '?' or '&' or '|' or '[' or ']' or '<' or '>'))
        {
            at++;
        }

        // The equals sign may also be the padding of base64.
        return at > colon && At(text, at) == '=' && At(text, AfterLines(text, at + 1)) is '"' or '\'' or '`' or '@' ? at + 1 : colon;
    }

    // value: and "value":, value= and =>.
    private static int AfterLabel(ReadOnlySpan<char> text, int index)
    {
        var at = AfterQuote(text, index, out _);
        if (!Begins(text, at, "value"))
        {
            return -1;
        }

        at = AfterBlanks(text, AfterQuote(text, at + "value".Length, out _));
        return At(text, at) is ':' or '=' ? at + 1 : -1;
    }

    // { get; set; } and { get; init; }.
    private static bool IsAccessors(ReadOnlySpan<char> braces) =>
        braces.TrimStart().StartsWith("get;", StringComparison.Ordinal) && !braces.ContainsAny('(', '=');

    // --name value, and the first words of a line that set a variable.
    private static bool IsCommand(ReadOnlySpan<char> text, int name)
    {
        if (Begins(text, name, "--"))
        {
            return true;
        }

        var line = text[..name];
        line = line[(line.LastIndexOfAny('\r', '\n') + 1)..].Trim();
        return line is "ENV" or "ARG" or "setx" or "SETX" or "setenv";
    }

    private static bool Begins(ReadOnlySpan<char> text, int at, string with) =>
        at < text.Length && text[at..].StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
