namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Steps over what stands among the characters of a key and is not seen: zero-width characters, colours of terminals.</summary>
internal static class Invisible
{
    /// <summary>What reports call it.</summary>
    public const string Name = "invisible-characters";

    private const int Most = 16;
    private const int LongestReference = 18;
    private const int LongestSequence = 24;

    /// <summary>ESC, and how texts show it.</summary>
    private static readonly string[] ShownEscapes = ["\u001b", "\\x1b", "\\x1B", "\\033", "\\e", "\\u001b", "\\u001B"];

    /// <summary>Whether the character takes no room: zero-width spaces and joiners, the soft hyphen, the byte order mark.</summary>
    public static bool Is(int c) => c is 0xAD or 0x180E or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x2064) or 0xFEFF;

    /// <summary>The index after what is invisible at <paramref name="index"/>; the same index when nothing is.</summary>
    /// <param name="content">The content.</param>
    /// <param name="layer">The text.</param>
    /// <param name="index">The first character that is not part of the key.</param>
    /// <param name="mayEnd">Whether what was read may be a whole key, so that the end of a colour ends it.</param>
    public static int Skip(ReadOnlySpan<byte> content, Layer layer, int index, bool mayEnd)
    {
        var at = index;
        for (var count = 0; count < Most; count++)
        {
            var next = Next(content, layer, at, mayEnd);
            if (next < 0)
            {
                break;
            }

            at = next;
        }

        return at;
    }

    /// <summary>The index before what is invisible and ends at <paramref name="index"/>; the same index when nothing does.</summary>
    public static int Before(ReadOnlySpan<byte> content, Layer layer, int index) => layer.At(content, index - 1) switch
    {
        >= 0x8B and <= 0x8F when layer.At(content, index - 2) == 0x80 && layer.At(content, index - 3) == 0xE2 => index - 3,
        >= 0xA0 and <= 0xA4 when layer.At(content, index - 2) == 0x81 && layer.At(content, index - 3) == 0xE2 => index - 3,
        0xAD when layer.At(content, index - 2) == 0xC2 => index - 2,
        > 0xFF and not 0xFEFF and var c when Is(c) => index - 1,
        ';' => ReferenceBefore(content, layer, index),
        '>' when Escapes.IsAt(content, layer, index - "<wbr>".Length, "<wbr>") => index - "<wbr>".Length,
        'm' or 'K' or 'G' or 'H' or 'J' => SequenceBefore(content, layer, index),
        _ => index,
    };

    private static int ReferenceBefore(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        for (var at = index - 2; at >= index - LongestReference; at--)
        {
            if (layer.At(content, at) == '&')
            {
                return Escapes.Undo(content, layer, at) is { Escape: not null } read && read.Next == index && Is(read.Value) ? at : index;
            }
        }

        return index;
    }

    // Logs often lose the ESC of a terminal's sequence, or show it as an escape.
    private static int SequenceBefore(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var last = index - 1;
        var at = last - 1;
        while (last - at < LongestSequence && layer.At(content, at) is (>= '0' and <= '9') or ';' or '?')
        {
            at--;
        }

        if (layer.At(content, at) != '[')
        {
            return index;
        }

        foreach (var escape in ShownEscapes)
        {
            if (Escapes.IsAt(content, layer, at - escape.Length, escape))
            {
                return at - escape.Length;
            }
        }

        return layer.At(content, last) == 'm' && at < last - 1 ? at : index;
    }

    private static int Next(ReadOnlySpan<byte> content, Layer layer, int index, bool mayEnd) => layer.At(content, index) switch
    {
        0xE2 when layer.At(content, index + 1) == 0x80 && layer.At(content, index + 2) is >= 0x8B and <= 0x8F => index + 3,
        0xE2 when layer.At(content, index + 1) == 0x81 && layer.At(content, index + 2) is >= 0xA0 and <= 0xA4 => index + 3,
        0xC2 when layer.At(content, index + 1) == 0xAD => index + 2,
        0xEF when layer.At(content, index + 1) == 0xBB && layer.At(content, index + 2) == 0xBF => index + 3,
        0xAD => index + 1,
        0x1B => TerminalSequence(content, layer, index + 1, mayEnd),
        '\\' or '&' or '%' when Escapes.Read(content, layer, index) is { Escape: not null } read =>
            Is(read.Value) ? read.Next : read.Value == 0x1B ? TerminalSequence(content, layer, read.Next, mayEnd) : -1,
        '\\' when layer.At(content, index + 1) == 'e' => TerminalSequence(content, layer, index + 2, mayEnd),
        > 0xFF and var c when Is(c) => index + 1,
        _ => -1,
    };

    // ESC [ parameters, a letter: m sets or, without a parameter or with 0, resets the colour; K clears the rest of the line.
    private static int TerminalSequence(ReadOnlySpan<byte> content, Layer layer, int index, bool mayEnd)
    {
        if (layer.At(content, index) != '[')
        {
            return -1;
        }

        var at = index + 1;
        var isReset = true;
        while (at - index < LongestSequence && layer.At(content, at) is (>= '0' and <= '9') or ';' or '?' or ':')
        {
            isReset &= layer.At(content, at) is '0' or ';';
            at++;
        }

        return layer.At(content, at) is 'm' or 'K' && !(mayEnd && isReset) ? at + 1 : -1;
    }
}
