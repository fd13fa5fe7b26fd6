using System.Buffers;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>
/// Tells the rest of a key from whatever else stands below it: the line that runs to the edge is often just the longest one, and then a
/// line number, a setting or a sentence follows it.
/// </summary>
internal static class Continuation
{
    // In characters: a key that cannot be whole without its rest, the rest that is told from a number or a word, and what may differ
    // between what was seen there and what a search made of it.
    private const int ShortestKey = 22;
    private const int ShortestRest = 3;
    private const int LongestNumber = 6;
    private const int LengthTolerance = 1;

    /// <summary>The digits of hexadecimal keys.</summary>
    public static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");
    private static readonly int[] HexadecimalLengths = [32, 40, 48, 64];

    /// <summary>Whether a text goes on with a key.</summary>
    /// <param name="begun">The key so far, with its prefix.</param>
    /// <param name="rest">The likeliest key characters on the line below.</param>
    /// <param name="free">What stands there with no regard to keys; an asterisk for any character that no key has.</param>
    public static bool IsRestOf(string begun, string rest, string free)
    {
        var length = free.AsSpan().IndexOfAnyExcept(PartReader.LettersAndDigits);
        length = length < 0 ? free.Length : length;
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
            return IsHexadecimal(rest) && !HexadecimalLengths.AsSpan().Contains(body.Length);
        }

        return rest.Length >= ShortestRest && IsNoNumber(rest) && IsNoWord(rest);
    }

    // A mark and then more is a setting, an address, a path; a mark and then nothing closes a quotation.
    private static bool IsEndOfWord(ReadOnlySpan<char> after) => after.TrimStart('*') is var rest && (rest.IsEmpty || rest[0] == ' ');

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexadecimalDigits);

    private static bool IsNoNumber(string rest) => rest.Length > LongestNumber || rest.Any(char.IsAsciiLetter);

    private static bool IsNoWord(string rest) => rest.Any(char.IsAsciiDigit) || CaseChanges(rest) > 1;

    private static int CaseChanges(string text) =>
        text.Zip(text.Skip(1), static (one, next) => char.IsAsciiLetter(one) && char.IsAsciiLetter(next) && char.IsAsciiLetterUpper(one) != char.IsAsciiLetterUpper(next)).Count(static change => change);
}
