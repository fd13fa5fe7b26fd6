namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>A model of the names that people write: which letter follows which, and how words, numbers and separators alternate.</summary>
internal static class WrittenText
{
    /// <summary>How many letters there are; the row after them is the beginning of a word.</summary>
    public const int Letters = 26;

    /// <summary>How many classes of characters there are.</summary>
    public const int Classes = 5;

    /// <summary>The class before the first character.</summary>
    public const int Beginning = 0;

    /// <summary>How many units of cost make a nat.</summary>
    public const double Scale = 16;

    private const int Lower = 1;
    private const int Upper = 2;
    private const int Digit = 3;
    private const int Separator = 4;

    public static int ClassOf(char c) => c switch
    {
        >= 'a' and <= 'z' => Lower,
        >= 'A' and <= 'Z' => Upper,
        >= '0' and <= '9' => Digit,
        _ => Separator,
    };

    /// <summary>How surprising the character at <paramref name="index"/> is in written text, in nats.</summary>
    public static double CostAt(ReadOnlySpan<char> text, int index) =>
        CostAt(text, index, WrittenTextCosts.Letters, WrittenTextCosts.Classes);

    public static double CostAt(ReadOnlySpan<char> text, int index, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> classes)
    {
        var before = index == 0 ? Beginning : ClassOf(text[index - 1]);
        var here = ClassOf(text[index]);
        var change = classes[(before * Classes) + here] / Scale;
        return change + here switch
        {
            Digit => Math.Log(10),
            Separator => Math.Log(2),
            _ => letters[(LetterBefore(text, index, before, here) * Letters) + (text[index] | 0x20) - 'a'] / Scale,
        };
    }

    // A capital after a small letter begins a word.
    private static int LetterBefore(ReadOnlySpan<char> text, int index, int before, int here) =>
        before is Lower or Upper && !(before == Lower && here == Upper) ? (text[index - 1] | 0x20) - 'a' : Letters;
}
