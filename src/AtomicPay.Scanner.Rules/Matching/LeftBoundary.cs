using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Tells whether a key may begin at a place, or what stands there is the tail of a longer word.</summary>
internal static class LeftBoundary
{
    private const int MostHidden = 8;

    /// <summary>What letters of words have on them, as the character references of HTML name it.</summary>
    private static readonly string[] Marks = ["acute", "grave", "circ", "tilde", "uml", "cedil", "ring", "slash", "caron"];

    /// <summary>True when a key, of so many characters with its prefix, may begin at <paramref name="index"/>.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> content, Layer layer, int index, int keyLength)
    {
        // What is not seen parts no word: a word that grep has coloured in part is still one.
        for (var hidden = 0; Invisible.Before(content, layer, index) is var seen && seen < index; index = seen)
        {
            if (++hidden > MostHidden)
            {
                return true;
            }
        }

        var before = layer.At(content, index - 1);
        return before switch
        {
            ';' => !EndsReferenceToWord(content, layer, index - 1),
            '}' => !EndsBracedEscapeOfWord(content, layer, index - 1),
            '_' => IsEmphasis(content, layer, index - 1) || LengthPrefix.Tells(content, layer, index, keyLength),
            '"' or '\'' or '`' => !FollowsWord(content, layer, index),
            _ when !Digits.IsLetterOrDigit(before) => !IsLatinLetter(content, layer, index),
            _ => EndsEscape(content, layer, index)
                || IsOption(content, layer, index - 1)
                || LengthPrefix.Tells(content, layer, index, keyLength)
                || FollowsPathOfOpaqueRun(content, layer, index),
        };
    }

    private static bool IsWord(int c) => Digits.IsLetterOrDigit(c) || c == '_' || IsLatin(c);

    // Letters with accents, when they stand for one character.
    private static bool IsLatin(int c) => c is >= 0xC0 and <= 0x24F and not (0xD7 or 0xF7);

    // \n, \t and their like, and escapes in hexadecimal or octal digits of what is no part of a word.
    private static bool EndsEscape(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var last = layer.At(content, index - 1);
        if (layer.At(content, index - 2) == '\\' && last is 'n' or 't' or 'r' or 'b' or 'f' or 'v' or 'a' or 'e' or '0')
        {
            return true;
        }

        if (layer.At(content, index - 3) is '%' or '='
            || (layer.At(content, index - 3) is 'x' or 'X' && layer.At(content, index - 4) == '\\'))
        {
            var length = layer.At(content, index - 3) is '%' or '=' ? 3 : 4;
            return Escapes.HexAt(content, layer, index - 2, 2) is var value and >= 0 && !IsWord(value)
                && (value < 0x80 || layer.At(content, index - 3) != '=')
                && !IsEscapedLatin(value, Escapes.HexAt(content, layer, index - length - 2, 2));
        }

        if (layer.At(content, index - 5) is 'u' or 'U' && layer.At(content, index - 6) == '\\')
        {
            return Escapes.HexAt(content, layer, index - 4, 4) is var value and >= 0 && !IsWord(value);
        }

        return layer.At(content, index - 4) == '\\'
            && Escapes.OctalAt(content, layer, index - 3) is var octal and >= 0 && !IsWord(octal)
            && !IsEscapedLatin(octal, Escapes.OctalAt(content, layer, index - 7));
    }

    // The two bytes of a letter with an accent, each in an escape of its own.
    private static bool IsEscapedLatin(int value, int lead) =>
        value is >= 0x80 and <= 0xBF && lead is >= 0xC3 and <= 0xC9 && !(lead == 0xC3 && value is 0x97 or 0xB7);

    // An option of one letter with its value joined on, as in curl -uKEY: .
    private static bool IsOption(ReadOnlySpan<byte> content, Layer layer, int letter) =>
        Digits.IsLetter(layer.At(content, letter)) && layer.At(content, letter - 1) == '-'
        && layer.At(content, letter - 2) is -1 or ' ' or '\t' or '\r' or '\n' or '"' or '\'' or '`' or '[' or ',' or '(' or '=';

    // The slash of a path and the hyphen are base64 digits as well; what they decode to is not text.
    private static bool FollowsPathOfOpaqueRun(ReadOnlySpan<byte> content, Layer layer, int index) =>
        index == 0 && layer is Base64Layer base64 && base64.FollowsPunctuation(content);

    private static bool EndsReferenceToWord(ReadOnlySpan<byte> content, Layer layer, int semicolon)
    {
        for (var at = semicolon - 1; at >= semicolon - 8; at--)
        {
            if (layer.At(content, at) == '&')
            {
                var read = Escapes.Undo(content, layer, at);
                return read.Escape is not null ? read.Next == semicolon + 1 && IsWord(read.Value) : IsNameOfLetter(content, layer, at + 1, semicolon);
            }
        }

        return false;
    }

    // &eacute; and &ccedil;: a letter, and what is on it.
    private static bool IsNameOfLetter(ReadOnlySpan<byte> content, Layer layer, int name, int semicolon)
    {
        foreach (var mark in Marks)
        {
            if (name + 1 + mark.Length == semicolon && Escapes.IsAt(content, layer, name + 1, mark))
            {
                return Digits.IsLetter(layer.At(content, name));
            }
        }

        return false;
    }

    private static bool EndsBracedEscapeOfWord(ReadOnlySpan<byte> content, Layer layer, int brace)
    {
        for (var at = brace - 1; at >= brace - 10; at--)
        {
            if (layer.At(content, at) == '\\')
            {
                var read = Escapes.Undo(content, layer, at);
                return read.Escape is not null && read.Next == brace + 1 && IsWord(read.Value);
            }
        }

        return false;
    }

    // "wech" + "atpay_…" is one word.
    private static bool FollowsWord(ReadOnlySpan<byte> content, Layer layer, int index) =>
        Joining.LastBefore(content, layer, index) is { } last
        && (IsWord(layer.At(content, last)) || IsLatinLetter(content, layer, last + 1));

    // Underscores that begin a word are emphasis in Markdown; others join words.
    private static bool IsEmphasis(ReadOnlySpan<byte> content, Layer layer, int underscore)
    {
        var at = underscore;
        while (underscore - at < 3 && layer.At(content, at) == '_')
        {
            at--;
        }

        // Where Markdown keeps an underscore from being emphasis, it is part of a word like any other.
        at -= layer.At(content, at) == '\\' ? 1 : 0;
        return !IsWord(layer.At(content, at)) && !IsLatinLetter(content, layer, at + 1)
            && !(layer.At(content, at) is '"' or '\'' or '`' && FollowsWord(content, layer, at + 1));
    }

    // Letters with accents continue a word. Scripts written without spaces do not: there a key follows a letter directly.
    private static bool IsLatinLetter(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var last = layer.At(content, index - 1);
        if (last is >= 0xC0 and <= 0x24F && layer is WideLayer)
        {
            return last is not (0xD7 or 0xF7);
        }

        // In UTF-8, U+00C0 to U+024F are the bytes C3 80 to C9 8F.
        return last is >= 0x80 and <= 0xBF && layer.At(content, index - 2) is >= 0xC3 and <= 0xC9 and var lead
            && !(lead == 0xC3 && last is 0x97 or 0xB7);
    }
}
