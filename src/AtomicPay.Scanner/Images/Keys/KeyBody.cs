namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Tells a key's body from what only stands in its place: words, masks and fillers, all of them misread now and then.</summary>
internal static class KeyBody
{
    public const int MinimumLength = 16;
    public const int MaximumLength = 128;

    private const int MinimumDistinct = 8;
    private const int MaskWindow = 8;
    private const int MaskDistinct = 2;
    private const int LongestWord = 14;
    private const int CaseChangesOfNoWord = 6;
    private const int LettersOfAWord = 4;
    private const int DigitsOfNoName = 3;

    /// <summary>Whether the body is that of a key.</summary>
    /// <param name="body">As it was read.</param>
    /// <param name="hasSeparator">Something stands between it and the prefix; without, it may be the rest of a name in code.</param>
    public static bool LooksIssued(string body, bool hasSeparator) =>
        body.Length is >= MinimumLength and <= MaximumLength
        && body.Distinct().Count() >= MinimumDistinct
        && !HoldsMask(body)
        && !IsIdentifier(body)
        && (hasSeparator || body.Count(char.IsAsciiDigit) >= DigitsOfNoName);

    /// <summary>How often a small letter follows a capital one or the other way round.</summary>
    public static int CaseChanges(string text) =>
        text.Zip(text.Skip(1), static (one, next) => char.IsAsciiLetter(one) && char.IsAsciiLetter(next) && char.IsAsciiLetterUpper(one) != char.IsAsciiLetterUpper(next)).Count(static change => change);

    // Bullets and crosses are read as runs of one or two letters; no random key has eight characters of only two kinds in a row.
    private static bool HoldsMask(string body)
    {
        for (var at = 0; at + MaskWindow <= body.Length; at++)
        {
            if (body.AsSpan(at, MaskWindow).ToString().ToUpperInvariant().Distinct().Count() <= MaskDistinct)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIdentifier(string body)
    {
        if (body.Any(char.IsAsciiDigit))
        {
            return body.Split('_', '-').All(static part => part.Length <= LongestWord && part.Count(char.IsAsciiDigit) <= 2 && IsWord(part.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')));
        }

        // Half of a random key's letters are capitals; of a name in code, one in a word.
        return CaseChanges(body) < CaseChangesOfNoWord || body.Count(char.IsAsciiLetterUpper) * LettersOfAWord <= body.Length;
    }

    private static bool IsWord(string part) => part.Length > 0 && part.All(char.IsAsciiLetter) && CaseChanges(part) <= 1;
}
