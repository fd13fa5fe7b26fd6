using AtomicPay.Scanner.Rules.Decoding;
using AtomicPay.Scanner.Rules.Judging;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Tells from what follows a body whether it is whole, or masked, cut off or filled in later.</summary>
internal static class RightBoundary
{
    private static readonly string[] Omissions =
        ["redacted", "hidden", "masked", "omitted", "truncated", "removed", "snip", "censored", "secret", "rest", "your", "oculto", "removido"];

    /// <summary>True when the key that stands from <paramref name="start"/> to <paramref name="end"/> is not all there.</summary>
    public static bool IsCutOff(ReadOnlySpan<byte> content, Layer layer, int start, int end) => IsEscapedMask(content, layer, end) || layer.At(content, end) switch
    {
        '*' => CountFrom(content, layer, end, 1) is var stars && stars >= 2 && stars > CountFrom(content, layer, start - 1, -1),
        '.' => layer.At(content, end + 1) == '.' && layer.At(content, end + 2) == '.',
        '#' => layer.At(content, end + 1) == '{' || (layer.At(content, end + 1) == '#' && layer.At(content, end + 2) == '#'),
        '$' => layer.At(content, end + 1) is '{' or '(' || Digits.IsLetter(layer.At(content, end + 1)),
        '{' => layer.At(content, end + 1) is '{' or '%' or '}' or '.' || Digits.IsLetter(layer.At(content, end + 1)),
        '%' => layer.At(content, end + 1) is 's' or 'v' or '(' or '{' or '@'
            || (layer.At(content, end + 1) == 'd' && Digits.Hex(layer.At(content, end + 2)) < 0),
        '<' when layer.At(content, end + 1) == '-' && layer.At(content, end + 2) == '-' => true,
        '<' or '[' or '(' => IsOmission(content, layer, end + 1),
        0xE2 => KeyShape.IsMask(0x2000 | ((layer.At(content, end + 1) & 0x3F) << 6) | (layer.At(content, end + 2) & 0x3F)),
        0xC2 => layer.At(content, end + 1) == 0xB7 && layer.At(content, end + 2) == 0xC2,
        0xB7 => layer.At(content, end + 1) == 0xB7,
        0x85 or 0x95 => true,
        var c => c > 0xFF && KeyShape.IsMask(c),
    };

    private static int CountFrom(ReadOnlySpan<byte> content, Layer layer, int index, int direction)
    {
        var count = 0;
        while (count < 8 && layer.At(content, index + (count * direction)) == '*')
        {
            count++;
        }

        return count;
    }

    private static bool IsOmission(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        if (Escapes.IsAt(content, layer, index, "...") || IsEllipsis(content, layer, index))
        {
            return true;
        }

        foreach (var word in Omissions)
        {
            var i = 0;
            while (i < word.Length && (layer.At(content, index + i) | 0x20) == word[i])
            {
                i++;
            }

            if (i == word.Length)
            {
                return true;
            }
        }

        return false;
    }

    // A mask as JSON, addresses and pages write it: \u2022, %E2%80%A2, &bull;, or %2A%2A for two asterisks.
    private static bool IsEscapedMask(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var read = Escapes.Undo(content, layer, index);
        if (read.Escape is null)
        {
            return false;
        }

        var next = Escapes.Undo(content, layer, read.Next);
        if (read.Value == '*')
        {
            return next.Value == '*';
        }

        var c = read.Value is 0xE2 or 0xC2 && next.Escape is not null
            ? read.Value == 0xC2 ? next.Value : 0x2000 | ((next.Value & 0x3F) << 6) | (Escapes.Undo(content, layer, next.Next).Value & 0x3F)
            : read.Value;
        return c > 0x7F && KeyShape.IsMask(c);
    }

    private static bool IsEllipsis(ReadOnlySpan<byte> content, Layer layer, int index) =>
        Escapes.Undo(content, layer, index).Value == 0x2026
        || (layer.At(content, index) == 0xE2 && layer.At(content, index + 1) == 0x80 && layer.At(content, index + 2) == 0xA6);
}
