namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Reads line breaks, as they are or escaped, with what stands before the text of the next line.</summary>
internal static class LineBreak
{
    private const int DeepestIndent = 32;
    private const int MostBackslashes = 8;

    /// <summary>Where the text of the next line begins, or -1 when no line ends at <paramref name="index"/>.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="index">The index after the line.</param>
    /// <param name="marker">The character that begins each line of a patch; 0 when there is none.</param>
    public static int Skip(ReadOnlySpan<byte> content, Layer layer, int index, int marker = 0)
    {
        var at = index;
        var c = Read(content, layer, ref at);
        if (c == '\r')
        {
            c = Read(content, layer, ref at);
        }

        if (c != '\n')
        {
            return -1;
        }

        if (marker != 0 && layer.At(content, at) == marker)
        {
            at++;
        }

        // Blanks, and what comments and quotations begin a line with.
        var indent = 0;
        while (indent++ < DeepestIndent)
        {
            if (layer.At(content, at) is ' ' or '\t' or '>' or '#' or '*' or '|')
            {
                at++;
            }
            else if (layer.At(content, at) == '/' && layer.At(content, at + 1) == '/' && layer.At(content, at + 2) == ' ')
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>The index after the escaped line breaks that end a string.</summary>
    public static int SkipEscaped(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (at - index < 2 * MostBackslashes && layer.At(content, at) == '\\' && Read(content, layer, ref at) >= 0)
        {
        }

        return at;
    }

    /// <summary>The plus or minus that begins the line of a patch in which <paramref name="index"/> stands; 0 elsewhere.</summary>
    public static int MarkerOf(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (index - at < 512 && layer.At(content, at - 1) is not ('\n' or -1))
        {
            at--;
        }

        return layer.At(content, at) is '+' or '-' ? layer.At(content, at) : 0;
    }

    private static int Read(ReadOnlySpan<byte> content, Layer layer, ref int at)
    {
        var c = layer.At(content, at);
        if (c is '\r' or '\n')
        {
            at++;
            return c;
        }

        if (c == '\\')
        {
            var letter = at + 1;
            while (letter - at < MostBackslashes && layer.At(content, letter) == '\\')
            {
                letter++;
            }

            if (layer.At(content, letter) is 'r' or 'n')
            {
                at = letter + 1;
                return layer.At(content, letter) == 'r' ? '\r' : '\n';
            }
        }

        if (c is '%' or '\\' or '&' && Escapes.Read(content, layer, at) is { Escape: not null, Value: '\r' or '\n' } escaped)
        {
            at = escaped.Next;
            return escaped.Value;
        }

        return -1;
    }
}
