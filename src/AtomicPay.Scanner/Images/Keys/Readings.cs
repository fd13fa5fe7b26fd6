using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Ranks the keys that the parts of a reading make together.</summary>
internal static class Readings
{
    // Of how many parts and keys there is any use.
    private const int MostTexts = 40;
    private const int MostReadings = 20;

    // Some issuers write keys in hexadecimal digits, and no other key looks like that by chance: as likely as these digits are rare.
    private const int ShortestHexadecimal = 24;
    private static readonly double Hexadecimal = (ShortestHexadecimal * Math.Log(62 / 16.0)) + Math.Log(0.1);

    // Nats.
    private const double Separator = 4;

    // The crops of a line are worth fewer looks at it that know nothing of each other than they are: measured in fonts and programs that training never saw.
    private const double IndependentLooks = 1.7;

    /// <summary>The likeliest keys with their probabilities.</summary>
    public static ImmutableArray<RankedReading> Rank(IReadOnlyList<PartReading> parts)
    {
        List<(string Text, double Score)> joined = [("", 0)];
        foreach (var part in parts)
        {
            joined = [.. joined
                .SelectMany(begun => part.Texts.Take(MostTexts).Select(text => (Text: begun.Text + text.Text, Score: begun.Score + text.Likelihood)))
                .OrderByDescending(static key => key.Score)
                .Take(MostTexts)];
        }

        var scored = joined.Select(static key => (key.Text, Score: (key.Score + Prior(key.Text)) * IndependentLooks)).OrderByDescending(static key => key.Score).ToList();
        if (scored.Count == 0)
        {
            return [];
        }

        var sum = scored.Sum(key => Math.Exp(key.Score - scored[0].Score));
        return [.. scored.Take(MostReadings).Select(key => new RankedReading(key.Text, Math.Exp(key.Score - scored[0].Score) / sum))];
    }

    /// <summary>What is known of a text before it is looked for, in nats.</summary>
    public static double Prior(string key)
    {
        // What is on the next line of a wrapped key has no prefix.
        var body = key.AsSpan();
        foreach (var start in (ReadOnlySpan<string>)["atpay_", "live_", "test_"])
        {
            body = body.StartsWith(start, StringComparison.Ordinal) ? body[start.Length..] : body;
        }

        var separators = body.Count('-') + body.Count('_');
        return body.Length >= ShortestHexadecimal && !body.ContainsAnyExcept(Continuation.HexadecimalDigits) ? Hexadecimal : -separators * Separator;
    }
}
