using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Reads the length that serialised strings carry before them: of compiled code, property lists, messages and databases.</summary>
/// <remarks>
/// For the length of a key that byte is often a letter, a digit or a quote, and what follows the string may go on like a key.
/// Text has such neighbours by chance; only among control characters they are taken for more.
/// </remarks>
internal static class LengthPrefix
{
    // How far from a string its format shows: types, lengths and counts of its neighbours.
    private const int Around = 24;
    private const int ShortestTold = 0xA0;

    // The type, the length or count, and one byte more that the next thing may begin with when they look like letters.
    private const int LongestHead = 3;

    /// <summary>Whether the byte before <paramref name="index"/> is the length of the string that begins there, so that it is no part of a word.</summary>
    public static bool Tells(ReadOnlySpan<byte> content, Layer layer, int index, int length)
    {
        var before = layer.At(content, index - 1);
        return before == length
            ? (layer.At(content, index - 2) == -1 && before is not (>= 'a' and <= 'z')) || layer.At(content, index - 2) > 0x7E || IsBinary(content, layer, index, index + length)
            // JPEG counts the two bytes of the length itself.
            : before == length + 2 && layer.At(content, index - 2) == 0 && layer.At(content, index - 3) is 0xFE;
    }

    /// <summary>How many characters of a run belong to the string whose length stands before it; -1 when none that is shorter does.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="index">Where the run begins.</param>
    /// <param name="run">How many characters it has.</param>
    /// <param name="least">The shortest string that may be a key.</param>
    public static int Of(ReadOnlySpan<byte> content, Layer layer, int index, int run, int least)
    {
        if (run <= least)
        {
            return -1;
        }

        var before = layer.At(content, index - 1);
        var told = before switch
        {
            0 when layer.At(content, index - 2) == 0 && layer.At(content, index - 3) == 0 => layer.At(content, index - 4),
            0 when layer.At(content, index - 3) is < ' ' or > 0x7E => layer.At(content, index - 2),
            > ShortestTold and < 0xC0 => before - ShortestTold,
            _ => MayBeLength(content, layer, index, run) ? before : -1,
        };
        return told >= least && told < run && IsBinary(content, layer, index, index + told) && MayEndAt(content, layer, index + told, index + run) ? told : -1;
    }

    /// <summary>Whether the rest of a run may be the next thing: its type and length, and what this length spans.</summary>
    /// <remarks>
    /// Any byte before a string that ends with a zero byte may look like a shorter length: the end of a hash, of a time, of a
    /// number of bytes. What would follow such a string is not made like the start of the next one.
    /// </remarks>
    private static bool MayEndAt(ReadOnlySpan<byte> content, Layer layer, int end, int runEnd)
    {
        var rest = runEnd - end;
        var isHead = layer.At(content, runEnd) == 0
            // The zero bytes of a length of four, and no mere end of a string.
            ? rest < LongestHead && layer.At(content, runEnd + 1) == 0 && layer.At(content, runEnd + 2) == 0
            : rest <= LongestHead;
        return isHead || IsString(content, layer, end, runEnd) || IsString(content, layer, end + 1, runEnd);
    }

    // Whether a length at that place spans the run's rest, and text alone.
    private static bool IsString(ReadOnlySpan<byte> content, Layer layer, int length, int runEnd)
    {
        var start = length + 1;
        var end = start + layer.At(content, length);
        if (end < runEnd)
        {
            return false;
        }

        for (var i = runEnd; i < end; i++)
        {
            if (layer.At(content, i) == -1 || IsBinaryAt(content, layer, i))
            {
                return false;
            }
        }

        return true;
    }

    // A letter or digit that is no length would make the run the end of a longer word; there is nothing to lose. Punctuation is
    // more often just that.
    private static bool MayBeLength(ReadOnlySpan<byte> content, Layer layer, int index, int run)
    {
        var before = layer.At(content, index - 1);
        if (Digits.IsKeyCharacter(before) || before is > 0 and < ' ')
        {
            return true;
        }

        return before is > ' ' and < 0x7F && !IsPair(before, layer.At(content, index + run)) && layer.At(content, index - 2) switch
        {
            // Short strings of CBOR and of Python's marshalled objects.
            'x' or 'z' or 'Z' => before is not ('=' or ':' or '/' or ','),
            > 0x7F => true,
            var c => IsControl(c),
        };
    }

    private static bool IsPair(int opening, int closing) => closing == opening switch
    {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => opening,
    };

    private static bool IsBinary(ReadOnlySpan<byte> content, Layer layer, int start, int end)
    {
        for (var i = 1; i <= Around; i++)
        {
            if (IsBinaryAt(content, layer, start - i) || IsBinaryAt(content, layer, end - 1 + i))
            {
                return true;
            }
        }

        return false;
    }

    // A byte that begins a character of several in UTF-8, and is alone.
    private static bool IsBinaryAt(ReadOnlySpan<byte> content, Layer layer, int index) => layer.At(content, index) switch
    {
        >= 0xC0 and <= 0xFF => layer.At(content, index + 1) is not (>= 0x80 and <= 0xBF),
        >= 0x80 and <= 0xBF => layer.At(content, index - 1) < 0x80,
        var c => IsControl(c),
    };

    // Those that text has are none: white space, and the beginning of a terminal's sequence.
    private static bool IsControl(int c) => c is >= 0 and < ' ' and not ('\t' or '\n' or '\r' or '\f' or 0x1B);
}
