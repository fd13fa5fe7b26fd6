using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Finds where a key goes on that source code or markup writes in pieces.</summary>
internal static class Concatenation
{
    public const int MostPieces = 12;

    /// <summary>What reports call it.</summary>
    public const string Name = "concatenation";

    private const int WidestGap = 240;
    private const int MostTags = 16;

    // A body of this length may be a whole key already, so that a neighbour is taken for its continuation on better grounds only.
    private const int MaybeWhole = 16;
    private const int LongestMarker = 5;
    private const int ShortestLine = 8;

    private static readonly string[] Operators =
        ["||", "<<", "++", "<>", "..", ".concat(", ").append(", ").Append(", "+", ".", "&", "~"];

    private static readonly string[] RunTags = ["w:", "a:", "text:"];
    private static readonly string[] BreakTags = ["w:p", "w:br", "w:tab", "w:tc", "w:tr", "a:p", "a:br", "text:p", "text:line-break", "text:tab"];
    private static readonly string[] InlineTags = ["span", "b", "i", "u", "em", "strong", "code", "font", "wbr", "mark"];

    /// <summary>The index of the first character of the next piece, or -1 when the text at <paramref name="index"/> does not lead to one.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="index">The first character that is not part of the key.</param>
    /// <param name="body">How many characters of the key's body are known.</param>
    public static int NextPiece(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        var next = layer.At(content, index) switch
        {
            '"' or '\'' or '`' or '\\' or '^' => Continued(content, layer, index, body),
            '<' => AfterTags(content, layer, index, body),
            ')' => AfterKerning(content, layer, index),
            _ => -1,
        };
        return next >= 0 && Escapes.Read(content, layer, next) is var first && Digits.IsKeyCharacter(first.Value) ? next : -1;
    }

    private static int Continued(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        var broken = AfterContinuation(content, layer, index);
        if (broken >= 0)
        {
            var indented = AfterBlanks(content, layer, broken, out _);
            return indented == broken || body < MaybeWhole || EndsInQuote(content, layer, indented, 1) ? indented : -1;
        }

        var at = AfterQuote(content, layer, index, out var quote);
        if (at < 0)
        {
            return -1;
        }

        at = AfterBlanks(content, layer, at, out var newLine);
        var isJoined = TrySkipOperator(content, layer, ref at);
        var isListed = !isJoined && layer.At(content, at) == ',';
        at = AfterBlanks(content, layer, isListed ? at + 1 : at, out var anotherLine);
        for (var letters = 0; letters < 2 && layer.At(content, at) is 'f' or 'F' or 'b' or 'B' or 'r' or 'R' or 'u' or 'U' or 'L' or '@' or '$'; letters++)
        {
            at++;
        }

        var piece = AfterQuote(content, layer, at, out var opening);
        var isContinued = isJoined
            || (isListed && body <= LongestMarker)
            || (!isListed && opening == quote
                && (body < MaybeWhole || ((newLine || anotherLine) && EndsInQuote(content, layer, piece, ShortestLine))));
        return piece >= 0 && isContinued ? piece : -1;
    }

    private static bool TrySkipOperator(ReadOnlySpan<byte> content, Layer layer, ref int at)
    {
        foreach (var text in Operators)
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

    private static int AfterQuote(ReadOnlySpan<byte> content, Layer layer, int index, out int quote)
    {
        var at = index;
        while (at - index < 4 && layer.At(content, at) == '\\')
        {
            at++;
        }

        quote = layer.At(content, at);
        return quote is '"' or '\'' or '`' ? at + 1 : -1;
    }

    /// <summary>Whether nothing but key characters, and enough of them, stand from here to a closing quote.</summary>
    private static bool EndsInQuote(ReadOnlySpan<byte> content, Layer layer, int index, int least)
    {
        if (index < 0)
        {
            return false;
        }

        var at = index;
        while (at - index < WidestGap && Digits.IsKeyCharacter(layer.At(content, at)))
        {
            at++;
        }

        return at - index >= least && AfterQuote(content, layer, at, out _) >= 0;
    }

    // Office documents cut words into runs at will; in web pages a tag inside a key is likely only before the key is long enough.
    private static int AfterTags(ReadOnlySpan<byte> content, Layer layer, int index, int body)
    {
        var at = index;
        for (var tags = 0; tags < MostTags; tags++)
        {
            var name = at + (layer.At(content, at + 1) == '/' ? 2 : 1);
            var isRun = StartsWithAny(content, layer, name, RunTags, isWhole: false)
                && !StartsWithAny(content, layer, name, BreakTags, isWhole: true);
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
