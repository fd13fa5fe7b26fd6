namespace AtomicPay.Scanner.Rules.Naming;

/// <summary>Recognises the names under which programs and settings keep a key, in every spelling: api_key, apiKey, API-KEY, Api:Key.</summary>
internal static class KeyNames
{
    /// <summary>Words that may stand in such a name; longer ones before those that they begin with.</summary>
    private static readonly string[] Qualifiers =
    [
        "authorization", "auth", "access", "application", "api", "app", "bearer", "client", "configuration", "config", "credentials", "default",
        "development", "dev", "environment", "env", "homolog", "hml", "integration", "live", "merchant", "options", "payments", "payment",
        "private", "production", "producao", "prod", "sandbox", "secrets", "server", "services", "service", "settings", "staging",
        "stg", "teste", "test", "v1", "v2", "x",
    ];

    /// <summary>Words that say that it is a key; one must be there.</summary>
    private static readonly string[] Kinds = ["key", "token", "secret", "chave", "segredo"];

    /// <summary>The index after the name that goes on at <paramref name="start"/>, or -1 when it is no name of a key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the part of the name begins that is to say what it is.</param>
    /// <param name="words">How many words it is made of.</param>
    public static int Read(ReadOnlySpan<char> text, int start, out int words)
    {
        words = 0;
        var (end, endBeforeValue) = (-1, -1);
        var hasKind = false;
        for (var at = start; ;)
        {
            // What follows may go on with the name or be the value.
            endBeforeValue = At(text, at) is ' ' or ':' ? end : endBeforeValue;
            var word = AfterSeparators(text, at);
            var kind = LengthOfWord(text[word..], Kinds);
            var length = kind > 0 ? kind : LengthOfWord(text[word..], Qualifiers);
            if (length == 0)
            {
                return end >= 0 ? end : endBeforeValue;
            }

            hasKind |= kind > 0;
            words++;
            at = word + length;
            end = hasKind && EndsName(text, at) ? at : -1;
        }
    }

    /// <summary>The index after the name of a section of settings that goes on at <paramref name="start"/>: no more than qualifiers.</summary>
    public static int ReadSection(ReadOnlySpan<char> text, int start)
    {
        for (var at = start; ;)
        {
            var word = AfterSeparators(text, at);
            var length = LengthOfWord(text[word..], Qualifiers);
            if (length == 0)
            {
                return EndsName(text, at) ? at : -1;
            }

            at = word + length;
        }
    }

    private static int AfterSeparators(ReadOnlySpan<char> text, int at)
    {
        if (At(text, at) == ' ')
        {
            return at + 1;
        }

        var separator = At(text, at);
        return separator is not ('_' or '-' or '.' or ':') ? at : At(text, at + 1) == separator ? at + 2 : at + 1;
    }

    private static int LengthOfWord(ReadOnlySpan<char> text, string[] words)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        foreach (var word in words)
        {
            if ((text[0] | 0x20) == word[0] && text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return word.Length;
            }
        }

        return 0;
    }

    private static bool EndsName(ReadOnlySpan<char> text, int at) =>
        !IsWord(At(text, at)) && !(At(text, at) is '-' or '.' && IsWord(At(text, at + 1)));

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > 0x7F;

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';
}
