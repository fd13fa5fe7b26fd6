namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Tells from what stands around a string whether source code joins it to its neighbours with nothing between them.</summary>
internal static class Joining
{
    private const int WidestGap = 160;
    private const int LongestOpening = 64;
    private const int MostStrings = 40;

    private static readonly string[] Operators = ["+", ".", "&", "~", "||", "..", "++", "<>"];

    /// <summary>Functions that join all their arguments, and operators that join what follows.</summary>
    private static readonly string[] Joiners =
        ["concat(", "Concat(", "CONCAT(", "concat!(", "strcat(", "paste0(", "(str ", "-join(", "-join (", "-join @(", "-join@(", "}' -f ", "}\" -f "];

    /// <summary>Functions that join the elements of a list with a separator, here an empty one.</summary>
    private static readonly string[] EmptyJoiners =
    [
        "''.join(", "\"\".join(", "join('', ", "join(\"\", ", "join('',", "join(\"\",", "Join('', ", "Join(\"\", ", "Join(\"\",", "Join(string.Empty, ",
        "implode('', ", "implode(\"\", ", "implode('',",
    ];

    private static readonly string[] EmptyJoins = [".join('')", ".join(\"\")", ".join(``)", " -join ''", " -join \"\"", ", \"\")", ".join"];

    /// <summary>
    /// Where the last character stands of the string that is joined on the left to the one that opens before
    /// <paramref name="index"/>; null when there is none.
    /// </summary>
    public static int? LastBefore(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = BlanksBefore(content, layer, Opening(content, layer, index));
        foreach (var text in Operators)
        {
            if (Escapes.IsAt(content, layer, at - text.Length, text))
            {
                var quote = BlanksBefore(content, layer, at - text.Length) - 1;
                return layer.At(content, quote) is '"' or '\'' or '`' ? quote - 1 : null;
            }
        }

        return null;
    }

    /// <summary>Whether the string at <paramref name="index"/> is an element of a list that is joined with nothing between its elements.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="index">Where the string begins, after its quote.</param>
    /// <param name="next">After the quote that ends one of the strings of the list.</param>
    public static bool IsJoined(ReadOnlySpan<byte> content, Layer layer, int index, int next)
    {
        var opening = Opening(content, layer, index);
        for (var at = opening; opening - at <= LongestOpening; at--)
        {
            if (EndsWithAny(content, layer, at, EmptyJoiners) || EndsWithAny(content, layer, at, Joiners))
            {
                return true;
            }

            // What names a list and opens it: new[] {, []string{, [.
            if (!(Digits.IsKeyCharacter(layer.At(content, at - 1))
                || layer.At(content, at - 1) is '[' or ']' or '(' or '{' or '@' or '<' or '>' or '.' or ' ' or '\t' or '\r' or '\n'))
            {
                break;
            }
        }

        return ListEnd(content, layer, next) is >= 0 and var end && IsAny(content, layer, end, EmptyJoins);
    }

    /// <summary>
    /// Whether the string at <paramref name="index"/> is a value that a program assigns or hands on, so that a string beside it
    /// continues it. Shells, in which it would be another word, have no blanks around the sign.
    /// </summary>
    public static bool IsValue(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var opening = Opening(content, layer, index);
        if (opening == index)
        {
            return false;
        }

        var at = BlanksBefore(content, layer, opening);
        var hasBlank = at < opening;
        if (layer.At(content, at - 1) == '(')
        {
            if (Digits.IsLetterOrDigit(layer.At(content, at - 2)))
            {
                return true;
            }

            hasBlank = BlanksBefore(content, layer, at - 1) < at - 1;
            at = BlanksBefore(content, layer, at - 1);
        }

        return hasBlank && layer.At(content, at - 1) is '=' or ':' && layer.At(content, at - 2) is not ('=' or '!' or '<' or '>');
    }

    /// <summary>Whether after a string nothing follows that could belong to it.</summary>
    public static bool EndsValue(ReadOnlySpan<byte> content, Layer layer, int next)
    {
        var at = next;
        while (layer.At(content, at) is ' ' or '\t')
        {
            at++;
        }

        return layer.At(content, at) is -1 or ';' or ')' or ',' or '}' or '\r' or '\n' or '"' or '\'' or '#' or '/' or '\\' or '@';
    }

    /// <summary>The name that the string at <paramref name="index"/> is assigned or added to, as where it stands and its length; 0 long when there is none.</summary>
    public static (int Start, int Length) Target(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = BlanksBefore(content, layer, Opening(content, layer, index));
        if (layer.At(content, at - 1) == '(')
        {
            at--;
            foreach (var method in (string[])[".append", ".Append", ".push", ".write", ".add"])
            {
                at -= Escapes.IsAt(content, layer, at - method.Length, method) ? method.Length : 0;
            }
        }
        else if (layer.At(content, at - 1) == '=')
        {
            at--;
            at -= layer.At(content, at - 1) is '+' or '.' or ':' ? 1 : 0;
        }
        else
        {
            return (at, 0);
        }

        var end = BlanksBefore(content, layer, at);
        var start = end;
        while (end - start < 40 && (Digits.IsKeyCharacter(layer.At(content, start - 1)) || layer.At(content, start - 1) == '$'))
        {
            start--;
        }

        return (start, end - start);
    }

    /// <summary>Where the string that begins at an index opens: before its quotes and the letters that say what kind of string it is.</summary>
    private static int Opening(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (index - at < 3 && layer.At(content, at - 1) is '"' or '\'' or '`')
        {
            at--;
        }

        while (index - at < 6 && layer.At(content, at - 1) == '\\')
        {
            at--;
        }

        for (var letters = 0; at < index && letters < 2 && layer.At(content, at - 1) is 'f' or 'F' or 'b' or 'B' or 'r' or 'R' or 'u' or 'U' or 'L' or '@' or '$'; letters++)
        {
            at--;
        }

        return at;
    }

    private static int BlanksBefore(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (index - at < WidestGap && layer.At(content, at - 1) is ' ' or '\t' or '\r' or '\n')
        {
            at--;
        }

        return at;
    }

    /// <summary>The index after the bracket that ends a list of strings, or -1.</summary>
    private static int ListEnd(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        for (var strings = 0; strings < MostStrings; strings++)
        {
            while (at - index < WidestGap * MostStrings && layer.At(content, at) is ' ' or '\t' or '\r' or '\n' or ',')
            {
                at++;
            }

            if (layer.At(content, at) is ']' or ')' or '}')
            {
                return at + 1;
            }

            var quote = layer.At(content, at);
            if (quote is not ('"' or '\'' or '`'))
            {
                return -1;
            }

            do
            {
                at++;
            }
            while (Digits.IsKeyCharacter(layer.At(content, at)));

            if (layer.At(content, at) != quote)
            {
                return -1;
            }

            at++;
        }

        return -1;
    }

    private static bool IsAny(ReadOnlySpan<byte> content, Layer layer, int index, string[] texts)
    {
        foreach (var text in texts)
        {
            if (Escapes.IsAt(content, layer, index, text))
            {
                // Ruby's and Groovy's join needs no argument.
                var after = layer.At(content, index + text.Length);
                return text != ".join" || after is -1 or ' ' or '\r' or '\n' or ';' or ')' || (after == '(' && layer.At(content, index + text.Length + 1) == ')');
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<byte> content, Layer layer, int end, string[] texts)
    {
        foreach (var text in texts)
        {
            if (Escapes.IsAt(content, layer, end - text.Length, text))
            {
                return true;
            }
        }

        return false;
    }
}
