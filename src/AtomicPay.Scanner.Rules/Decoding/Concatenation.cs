namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Finds where a key goes on that source code or markup writes in pieces.</summary>
internal static class Concatenation
{
    /// <summary>A key may be written a character at a time.</summary>
    public const int MostPieces = 160;

    /// <summary>What reports call it.</summary>
    public const string Name = "concatenation";

    private const int WidestGap = 240;
    private const int MostTags = 16;

    // A body of this length may be a whole key already, so that a neighbour is taken for its continuation on better grounds only.
    private const int MaybeWhole = 16;
    private const int LongestMarker = 5;
    private const int ShortestLine = 8;
    private const int LongestLine = 400;

    // What a shell or a wrapped text may take for the rest of a key has to be long enough for one.
    private const int ShortestRest = 16;

    private static readonly string[] Operators =
        ["||", "<<", "++", "<>", "..", ".concat(", ").append(", ").Append(", "+", ".", "&", "~", "^", "*"];

    /// <summary>What adds to a string that an earlier statement began.</summary>
    private static readonly string[] Appending = [".append(", ".Append(", ".push(", ".write(", ".Write(", ".add(", "+=", ".=", "<<", "..="];

    /// <summary>What stands in a text for another string that follows it.</summary>
    private static readonly string[] Formats = ["%s", "%@", "%v", "{}", "{0}", "${0}"];

    private static readonly string[] RunTags = ["w:", "a:", "text:"];
    private static readonly string[] SheetTags = ["t", "r", "rPr", "b", "i", "sz", "color", "rFont", "family", "scheme", "charset"];
    private static readonly string[] BreakTags = ["w:p", "w:br", "w:tab", "w:tc", "w:tr", "a:p", "a:br", "text:p", "text:line-break", "text:tab"];
    private static readonly string[] LineBreakTags = ["wbr"];
    private static readonly string[] InlineTags = ["span", "b", "i", "u", "em", "strong", "code", "font", "mark", "tspan", "kbd", "tt", "var"];

    /// <summary>The index of the first character of the next piece, or -1 when the text at <paramref name="index"/> does not lead to one.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="start">Where the key begins.</param>
    /// <param name="index">The first character that is not part of the key.</param>
    /// <param name="body">How many characters of the key's body are known.</param>
    public static int NextPiece(ReadOnlySpan<byte> content, Layer layer, int start, int index, int body)
    {
        var next = layer.At(content, index) switch
        {
            '"' or '\'' or '`' or '\\' or '^' => Continued(content, layer, start, index, body),
            '<' => AfterTags(content, layer, index, body),
            ')' => AfterKerning(content, layer, index),
            '$' or '#' or '{' or '%' => Inserted(content, layer, index, body),
            '\r' or '\n' => NextLine(content, layer, index, body),
            _ => -1,
        };
        return next >= 0 && Escapes.Read(content, layer, next) is var first && Digits.IsKeyCharacter(first.Value) ? next : -1;
    }

    /// <summary>The index after the opening quote of the string that goes on where one ends at <paramref name="index"/>, or -1.</summary>
    public static int NextString(ReadOnlySpan<byte> content, Layer layer, int index) =>
        layer.At(content, index) is '"' or '\'' or '`' or '\\' && AfterQuote(content, layer, index, out _) >= 0
            ? Continued(content, layer, index, index, 0)
            : -1;

    private static int Continued(ReadOnlySpan<byte> content, Layer layer, int start, int index, int body)
    {
        // A backtick may as well end what one before it began.
        var broken = layer.At(content, index) == '`' && IsOpen(content, layer, index, '`') ? -1 : AfterContinuation(content, layer, index);
        if (broken >= 0)
        {
            var marker = LineBreak.MarkerOf(content, layer, index);
            broken += marker != 0 && layer.At(content, broken) == marker ? 1 : 0;
            var indented = AfterBlanks(content, layer, broken, out _);
            return indented == broken || body < MaybeWhole || EndsInQuote(content, layer, indented, 1) ? indented : -1;
        }

        var at = AfterQuote(content, layer, index, out var quote);
        if (at < 0)
        {
            return -1;
        }

        if (body < MaybeWhole && AfterInserted(content, layer, at) is >= 0 and var inserted)
        {
            return inserted;
        }

        var closed = at;
        at = AfterBlanks(content, layer, at, out var newLine);
        var isJoined = TrySkipAny(content, layer, Operators, ref at);
        var isListed = !isJoined && layer.At(content, at) == ',';
        at = AfterBlanks(content, layer, isListed ? at + 1 : at, out var anotherLine);
        for (var letters = 0; letters < 2 && layer.At(content, at) is 'f' or 'F' or 'b' or 'B' or 'r' or 'R' or 'u' or 'U' or 'L' or '@' or '$'; letters++)
        {
            at++;
        }

        var piece = AfterQuote(content, layer, at, out var opening);

        // Quotes of one kind are all escaped, or none is.
        var isOfOneText = opening != quote || (layer.At(content, index) == '\\') == (layer.At(content, at) == '\\');
        var isContinued = (isJoined && isOfOneText)
            || (isListed && (IsBare(content, layer, index, body) || Joining.IsJoined(content, layer, start, closed)))
            || (!isListed && (opening == quote || at == closed)
                && (body < MaybeWhole || IsBeside(content, layer, start, closed, at, piece, newLine || anotherLine)));
        return piece >= 0 && isContinued ? piece
            : Appended(content, layer, start, closed, IsBare(content, layer, index, body)) is >= 0 and var appended ? appended
            : IsBare(content, layer, index, body) ? Adjacent(content, layer, closed)
            : -1;
    }

    /// <summary>Whether a string beside one that may be a whole key goes on with it: it touches it, follows on its own line, or both are one value.</summary>
    private static bool IsBeside(ReadOnlySpan<byte> content, Layer layer, int start, int closed, int at, int piece, bool isOnNewLine) =>
        at == closed ? EndsInQuote(content, layer, piece, 1)
        : (isOnNewLine && EndsInQuote(content, layer, piece, ShortestLine))
            || (EndsInQuote(content, layer, piece, 1)
                && ((Joining.IsValue(content, layer, start)
                        && Joining.EndsValue(content, layer, AfterQuote(content, layer, piece + CountCharacters(content, layer, piece), out _)))
                    || Joining.IsJoined(content, layer, start, closed)));

    private static bool IsOpen(ReadOnlySpan<byte> content, Layer layer, int index, int quote)
    {
        var isOpen = false;
        for (var at = index - 1; index - at <= LongestLine && layer.At(content, at) is not ('\n' or -1); at--)
        {
            isOpen ^= layer.At(content, at) == quote;
        }

        return isOpen;
    }

    // Nothing of the body but a marker: atpay_ or atpay_live_, while atpay_id and atpay_token name something beside their value.
    private static bool IsBare(ReadOnlySpan<byte> content, Layer layer, int index, int body) =>
        body <= 0 || (body == LongestMarker && layer.At(content, index - 1) == '_');

    // A statement that ends here, and one that adds to the same string: sb.append("atpay_"); sb.append("9f…").
    private static int Appended(ReadOnlySpan<byte> content, Layer layer, int start, int index, bool isBare)
    {
        var at = layer.At(content, index) == ')' ? index + 1 : index;
        at = layer.At(content, at) == ';' ? at + 1 : at;
        at = AfterBlanks(content, layer, at, out _);
        var name = at;
        while (at - name < 40 && (Digits.IsKeyCharacter(layer.At(content, at)) || layer.At(content, at) == '$'))
        {
            at++;
        }

        if (!isBare && !IsTarget(content, layer, start, name, at - name))
        {
            return -1;
        }

        at = name > index && at > name ? AfterBlanks(content, layer, at, out _) : -1;
        if (at < 0 || !TrySkipAny(content, layer, Appending, ref at))
        {
            return -1;
        }

        return AfterQuote(content, layer, AfterBlanks(content, layer, at, out _), out _);
    }

    private static bool IsTarget(ReadOnlySpan<byte> content, Layer layer, int start, int name, int length)
    {
        var (target, targetLength) = Joining.Target(content, layer, start);
        for (var i = 0; i < length; i++)
        {
            if (layer.At(content, target + i) != layer.At(content, name + i))
            {
                return false;
            }
        }

        return length > 0 && length == targetLength;
    }

    // Shells join what touches: "atpay_"9f… and atpay_'9f…'.
    private static int Adjacent(ReadOnlySpan<byte> content, Layer layer, int index) =>
        CountCharacters(content, layer, index) >= ShortestRest ? index : -1;

    // A constant put into a text: atpay_${"9f…"}, atpay_#{'9f…'}, atpay_{'9f…'}; or after it: "atpay_%s" % "9f…".
    private static int Inserted(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        if (!IsBare(content, layer, index, body))
        {
            return InsertedConstant(content, layer, index) is >= 0 and var constant
                && EndsInQuote(content, layer, constant, 1) && layer.At(content, constant + CountCharacters(content, layer, constant) + 1) == '}' ? constant : -1;
        }

        var at = index;
        if (TrySkipAny(content, layer, Formats, ref at) && AfterQuote(content, layer, at, out _) is >= 0 and var closed)
        {
            at = AfterBlanks(content, layer, closed, out _);
            var argument = at;
            if (layer.At(content, at) is '%' or ',' || TrySkipAny(content, layer, [".format(", ".formatted("], ref argument))
            {
                at = AfterBlanks(content, layer, Math.Max(at + 1, argument), out _);
                at = layer.At(content, at) is '(' or '[' ? AfterBlanks(content, layer, at + 1, out _) : at;
                return AfterQuote(content, layer, at, out _);
            }

            // printf "atpay_%s" "9f…"
            if (at > closed && AfterQuote(content, layer, at, out _) is >= 0 and var word)
            {
                return word;
            }
        }

        return InsertedConstant(content, layer, index);
    }

    private static int InsertedConstant(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = layer.At(content, index) is '$' or '#' ? index + 1 : index;
        return layer.At(content, at) == '{' ? AfterQuote(content, layer, AfterBlanks(content, layer, at + 1, out _), out _)
            : at > index && layer.At(content, index) == '$' ? AfterQuote(content, layer, at, out _)
            : -1;
    }

    private static int AfterInserted(ReadOnlySpan<byte> content, Layer layer, int closed)
    {
        var at = AfterBlanks(content, layer, closed, out _);
        return layer.At(content, at) == '}' ? at + 1 : -1;
    }

    // Folded text: the prefix ends a line, and the next one is the rest and nothing else.
    private static int NextLine(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        var next = body < MaybeWhole ? LineBreak.Skip(content, layer, index, LineBreak.MarkerOf(content, layer, index)) : -1;
        if (next < 0)
        {
            return -1;
        }

        var end = next + CountCharacters(content, layer, next);
        return end - next >= Math.Max(ShortestRest - body, ShortestLine) && layer.At(content, end) is -1 or '\r' or '\n' or '"' or '\'' or '`' or '<'
            ? next
            : -1;
    }

    private static int CountCharacters(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (at - index < WidestGap && Digits.IsKeyCharacter(layer.At(content, at)))
        {
            at++;
        }

        return at - index;
    }

    private static bool TrySkipAny(ReadOnlySpan<byte> content, Layer layer, string[] texts, ref int at)
    {
        foreach (var text in texts)
        {
            if (Escapes.IsAt(content, layer, at, text))
            {
                at += text.Length;
                return true;
            }
        }

        return false;
    }

    /// <summary>The index after a backslash, backtick or caret that continues a line on the next; -1 when there is none.</summary>
    private static int AfterContinuation(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        if (layer.At(content, index) is not ('\\' or '`' or '^'))
        {
            return -1;
        }

        var at = layer.At(content, index + 1) == '\r' ? index + 2 : index + 1;
        return layer.At(content, at) == '\n' ? at + 1 : -1;
    }

    /// <summary>The index after white space, line breaks and the signs that continue a line.</summary>
    private static int AfterBlanks(ReadOnlySpan<byte> content, Layer layer, int index, out bool newLine)
    {
        newLine = false;
        var at = index;
        while (at - index < WidestGap)
        {
            var c = layer.At(content, at);
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                newLine |= c == '\n';
                at++;

                // The lines of a patch begin with a sign.
                at += c == '\n' && layer.At(content, at) is '+' or '-' && LineBreak.MarkerOf(content, layer, index) == layer.At(content, at) ? 1 : 0;
            }
            else if (c == '\\' && AfterListedLine(content, layer, at) is >= 0 and var line)
            {
                newLine = true;
                at = line;
            }
            else if (AfterComment(content, layer, at) is >= 0 and var commented)
            {
                at = commented;
            }
            else if (AfterContinuation(content, layer, at) is >= 0 and var next)
            {
                newLine = true;
                at = next;
            }
            else if (c == '_' && layer.At(content, at - 1) == ' ' && layer.At(content, at + 1) is '\r' or '\n')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    // A notebook holds its lines as a list: "x = ('atpay_'\n", "     '9f…')".
    private static int AfterListedLine(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        if (!Escapes.IsAt(content, layer, index, "\\n\","))
        {
            return -1;
        }

        var at = index + 4;
        while (at - index < WidestGap && layer.At(content, at) is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return layer.At(content, at) == '"' ? at + 1 : -1;
    }

    /// <summary>The index after a comment between two pieces; -1 when there is none.</summary>
    private static int AfterComment(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var isBlock = Escapes.IsAt(content, layer, index, "/*");
        if (!isBlock && !Escapes.IsAt(content, layer, index, "//") && !Escapes.IsAt(content, layer, index, "# "))
        {
            return -1;
        }

        var at = index + 2;
        while (at - index < WidestGap && layer.At(content, at) >= 0)
        {
            if (isBlock ? Escapes.IsAt(content, layer, at, "*/") : layer.At(content, at) == '\n')
            {
                return isBlock ? at + 2 : at;
            }

            at++;
        }

        return -1;
    }

    private static int AfterQuote(ReadOnlySpan<byte> content, Layer layer, int index, out int quote)
    {
        var at = index;
        while (at - index < 4 && layer.At(content, at) == '\\')
        {
            at++;
        }

        quote = layer.At(content, at);
        if (quote is not ('"' or '\'' or '`'))
        {
            return -1;
        }

        // Three of them begin and end strings of several lines.
        return layer.At(content, at + 1) == quote && layer.At(content, at + 2) == quote ? at + 3 : at + 1;
    }

    /// <summary>Whether nothing but key characters, and enough of them, stand from here to a closing quote.</summary>
    private static bool EndsInQuote(ReadOnlySpan<byte> content, Layer layer, int index, int least)
    {
        if (index < 0)
        {
            return false;
        }

        var count = CountCharacters(content, layer, index);
        return count >= least && AfterQuote(content, layer, index + count, out _) >= 0;
    }

    // Office documents cut words into runs at will; in web pages a tag inside a key is likely only before the key is long enough.
    private static int AfterTags(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        var at = index;
        for (var tags = 0; tags < MostTags; tags++)
        {
            var name = at + (layer.At(content, at + 1) == '/' ? 2 : 1);
            var isRun = (StartsWithAny(content, layer, name, RunTags, isWhole: false)
                && !StartsWithAny(content, layer, name, BreakTags, isWhole: true))
                || StartsWithAny(content, layer, name, LineBreakTags, isWhole: true)
                || (body < MaybeWhole && StartsWithAny(content, layer, name, SheetTags, isWhole: true));
            if (!isRun && !(body < MaybeWhole && StartsWithAny(content, layer, name, InlineTags, isWhole: true)))
            {
                return -1;
            }

            while (at - name < WidestGap && layer.At(content, at) is not ('>' or -1))
            {
                at++;
            }

            if (layer.At(content, at) != '>')
            {
                return -1;
            }

            at++;
            var afterBlanks = AfterBlanks(content, layer, at, out _);
            if (layer.At(content, afterBlanks) != '<')
            {
                return afterBlanks == at ? at : -1;
            }

            at = afterBlanks;
        }

        return -1;
    }

    private static bool StartsWithAny(ReadOnlySpan<byte> content, Layer layer, int index, string[] names, bool isWhole)
    {
        foreach (var name in names)
        {
            if (Escapes.IsAt(content, layer, index, name)
                && (!isWhole || layer.At(content, index + name.Length) is '>' or '/' or ' ' or '\t' or '\r' or '\n'))
            {
                return true;
            }
        }

        return false;
    }

    // PDF moves letters closer by numbers between the pieces of a string: [(atp)-15(ay_)] TJ.
    private static int AfterKerning(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index + 1;
        while (at - index < 12 && layer.At(content, at) is (>= '0' and <= '9') or '-' or '.')
        {
            at++;
        }

        return at > index + 1 && layer.At(content, at) == '(' ? at + 1 : -1;
    }
}
