namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Weighs whether the characters of a body were drawn at random or written.</summary>
internal static class Randomness
{
    // What follows from the characters before it is no evidence of chance.
    private static readonly double CostOfPattern = Math.Log(2);

    // Words with digits in place of letters: what it costs to assume that, and again for each digit.
    private static readonly double CostOfLeet = Math.Log(50);
    private static readonly double CostOfLeetDigit = Math.Log(3);

    // A separator in a key whose alphabet has none: now and then they group its characters. Names are full of them.
    private static readonly double CostOfSeparator = Math.Log(300);

    /// <summary>Alphabets that issuers draw from: how many characters they have, and what it costs, in nats, to assume a rare one.</summary>
    private static readonly (int Size, double Penalty, Func<char, bool> Has)[] Alphabets =
    [
        (16, 0, char.IsAsciiHexDigitLower),
        (16, 0, char.IsAsciiHexDigitUpper),
        (36, 0, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)),
        (36, 0, c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)),
        (62, 0, char.IsAsciiLetterOrDigit),
        (26, 8, char.IsAsciiLetterLower),
        (26, 8, char.IsAsciiLetterUpper),
        (52, 4, char.IsAsciiLetter),
    ];

    /// <summary>How much likelier, in nats, chance is than writing to have made the body; below zero writing is likelier.</summary>
    public static double Evidence(ReadOnlySpan<char> body, ReadOnlySpan<bool> explained) =>
        Evidence(body, explained, WrittenTextCosts.Letters, WrittenTextCosts.Classes);

    public static double Evidence(
        ReadOnlySpan<char> body, ReadOnlySpan<bool> explained, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> classes)
    {
        Span<char> spelled = stackalloc char[body.Length];
        var written = Math.Min(
            Written(body, explained, letters, classes),
            Written(spelled, explained, letters, classes, Spell(body, spelled)));
        var drawn = body.Length * Math.Log(64);
        foreach (var (size, penalty, has) in Alphabets)
        {
            drawn = Math.Min(drawn, CostIn(body, size, has) + penalty);
        }

        return written - drawn;
    }

    private static double Written(
        ReadOnlySpan<char> body, ReadOnlySpan<bool> explained, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> classes, double written = 0)
    {
        for (var i = 0; i < body.Length; i++)
        {
            written += explained[i] ? CostOfPattern : WrittenText.CostAt(body, i, letters, classes);
        }

        return written;
    }

    /// <summary>Puts the letters back for which digits stand, as in s3cr3t_k3y, and says what it costs to assume that they do.</summary>
    private static double Spell(ReadOnlySpan<char> body, Span<char> spelled)
    {
        const string leet = "oizeasgtbg";
        var cost = CostOfLeet;
        for (var i = 0; i < body.Length; i++)
        {
            spelled[i] = body[i];
            if (char.IsAsciiDigit(body[i]))
            {
                spelled[i] = leet[body[i] - '0'];
                cost += CostOfLeetDigit;
            }
        }

        return cost;
    }

    private static double CostIn(ReadOnlySpan<char> body, int size, Func<char, bool> has)
    {
        double cost = 0;
        foreach (var c in body)
        {
            if (c is '_' or '-')
            {
                cost += CostOfSeparator;
            }
            else if (has(c))
            {
                cost += Math.Log(size);
            }
            else
            {
                return double.PositiveInfinity;
            }
        }

        return cost;
    }
}
