using System.Buffers;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>
/// Tells the rest of a key from whatever else stands below it: the line that runs to the edge is often just the longest one, and then a
/// line number, a setting or a sentence follows it.
/// </summary>
internal static class Continuation
{
    // In characters: a key that cannot be whole without its rest, the rest that is told from a number or a word, that between separators,
    // and what may differ between what was seen there and what a search made of it.
    private const int ShortestKey = 22;
    private const int ShortestRest = 3;
    private const int ShortestBody = 14;
    private const int ShortestPiece = 6;
    private const int ShortestWord = 4;
    private const int LongestNumber = 6;
    private const int LengthTolerance = 1;

    /// <summary>The digits of hexadecimal keys.</summary>
    public static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");
    private static readonly char[] Separators = ['-', '_'];
    private static readonly int[] HexadecimalLengths = [32, 40, 48, 64];

    /// <summary>Whether a text goes on with a key.</summary>
    /// <param name="begun">The key so far, with its prefix.</param>
    /// <param name="rest">The likeliest key characters on the line below.</param>
    /// <param name="free">What stands there with no regard to keys; an asterisk for any character that no key has.</param>
    /// <param name="isOutdented">Whether it begins left of the key's own line, so that no statement or word of the same text can stand there.</param>
    public static bool IsRestOf(string begun, string rest, string free, Func<bool> isOutdented)
    {
        var length = LengthOfWord(free);
        if (Math.Abs(length - rest.Length) > LengthTolerance || !IsEndOfWord(free.AsSpan(length)))
        {
            return false;
        }

        if (begun.Length < ShortestKey)
        {
            return true;
        }

        var body = begun.AsSpan(begun.LastIndexOf('_') + 1);
        if (IsHexadecimal(body))
        {
            return IsHexadecimal(rest) && (!HexadecimalLengths.AsSpan().Contains(body.Length) || HexadecimalLengths.AsSpan().Contains(body.Length + rest.Length));
        }

        if (MayBeRest(free) && !IsPlainWord(rest) && !IsMarked(free, length) && isOutdented())
        {
            return true;
        }

        var pieces = rest.Split(Separators);
        return pieces.Length == 1
            ? (rest.Length >= ShortestRest && IsRandom(rest)) || (rest.Length is 2 or 3 && IsMarked(free, length) && IsNoWord(rest))
            : pieces.Any(static piece => piece.Length >= ShortestPiece && IsRandom(piece)) && !pieces.Any(static piece => IsPlainWord(piece));
    }

    /// <summary>Whether a text that was not taken for the rest of a key may be one all the same: it stands alone on its line, and is no plain word or number.</summary>
    public static bool MayBeRest(string free)
    {
        var rest = free.AsSpan(0, LengthOfWord(free));
        return !rest.IsEmpty && free.AsSpan(rest.Length).Trim("* ").IsEmpty && !IsLowercaseWord(rest) && rest.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Whether a text begins like the body of a key.</summary>
    public static bool IsLikeBody(string free)
    {
        var body = free.TrimStart(' ', '*', '_', '-');
        body = body[..LengthOfWord(body)];
        return body.Length >= ShortestBody && IsRandom(body);
    }

    private static bool IsMarked(string free, int length) => length < free.Length && free[length] == '*';

    private static int LengthOfWord(string free) =>
        free.AsSpan().IndexOfAnyExcept(PartReader.Body) is >= 0 and var length ? length : free.Length;

    // A mark and then more is a setting, an address, a path; a mark and then nothing closes a quotation.
    private static bool IsEndOfWord(ReadOnlySpan<char> after) => after.TrimStart('*') is var rest && (rest.IsEmpty || rest[0] == ' ');

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexadecimalDigits);

    private static bool IsRandom(string text) => IsNoNumber(text) && (text.Any(char.IsAsciiDigit) || CaseChanges(text) > 1);

    // The last characters before a mark that closes a quotation: words and abbreviations have no capital letter but the first.
    private static bool IsNoWord(string rest) => IsNoNumber(rest) && (rest.Any(char.IsAsciiDigit) || rest.Skip(1).Any(char.IsAsciiLetterUpper));

    private static bool IsNoNumber(string text) => text.Length > LongestNumber || text.Any(char.IsAsciiLetter);

    private static bool IsPlainWord(ReadOnlySpan<char> text) =>
        IsLowercaseWord(text) || (text.Length >= ShortestWord && char.IsAsciiLetterUpper(text[0])
            && (!text[1..].ContainsAnyExceptInRange('a', 'z') || !text.ContainsAnyExceptInRange('A', 'Z')));

    private static bool IsLowercaseWord(ReadOnlySpan<char> text) => text.Length >= ShortestWord && !text.ContainsAnyExceptInRange('a', 'z');

    private static int CaseChanges(string text) =>
        text.Zip(text.Skip(1), static (one, next) => char.IsAsciiLetter(one) && char.IsAsciiLetter(next) && char.IsAsciiLetterUpper(one) != char.IsAsciiLetterUpper(next)).Count(static change => change);
}
