using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Finds <c>atpay_</c>, also where recognition mistook a character or lost the underscore.</summary>
/// <param name="Text">The prefix as it should be, with <c>live_</c> or <c>test_</c> if that follows.</param>
/// <param name="Start">The first symbol.</param>
/// <param name="End">The first symbol after the prefix.</param>
/// <param name="HasSeparator">A stroke or a gap stands where the underscore should.</param>
/// <param name="Cost">0 for a prefix read as it should be; about 1 for each mistake.</param>
internal readonly record struct KeyPrefix(string Text, int Start, int End, bool HasSeparator, double Cost)
{
    private const string Word = "atpay";
    private const double MaximumCost = 1.3;
    private const double LookAlikeCost = 0.4;
    private const double WrongCaseCost = 0.5;
    private const double MistakeCost = 1;
    private const double LostOrAddedCost = 0.8;
    private const double NothingCost = 0.5;

    // What is read instead of each character of the word, as seen in terminals and editors with fonts of 9 to 30 pixels.
    private static readonly string[] LookAlikes = ["oes46dqc@2n8ä", "lfi1I+r{cj7!|", "Pgqbon0D", "oes46dqc@2n8ä", "vYVgju4¥wx7ý"];

    /// <summary>The prefix that begins at <paramref name="start"/>, if one does.</summary>
    public static KeyPrefix? At(ImmutableArray<TextSymbol> symbols, int start, SymbolSpacing spacing)
    {
        if (Extra(symbols[start].Character, 0) >= MistakeCost && symbols[start].Character is not ('t' or 'l'))
        {
            return null;
        }

        var (end, cost) = MatchWord(symbols, start, spacing);
        if (cost > MaximumCost || end >= symbols.Length)
        {
            return null;
        }

        var (afterSeparator, separatorCost) = MatchSeparator(symbols, end, spacing);
        var hasSeparator = separatorCost < NothingCost;
        cost += separatorCost;
        if (cost > MaximumCost || afterSeparator >= symbols.Length)
        {
            return null;
        }

        foreach (var environment in (ReadOnlySpan<string>)["live", "test"])
        {
            if (MatchEnvironment(symbols, afterSeparator, environment, spacing) is { } afterEnvironment)
            {
                return new KeyPrefix($"{Word}_{environment}_", start, afterEnvironment, hasSeparator, cost);
            }
        }

        return new KeyPrefix($"{Word}_", start, afterSeparator, hasSeparator, cost);
    }

    // The least costly way to see the word in the symbols, by edit distance with lower costs for look-alikes.
    private static (int End, double Cost) MatchWord(ImmutableArray<TextSymbol> symbols, int start, SymbolSpacing spacing)
    {
        Span<double> costs = stackalloc double[Word.Length + 1];
        for (var i = 0; i <= Word.Length; i++)
        {
            costs[i] = i * LostOrAddedCost;
        }

        var best = (End: start, Cost: double.MaxValue);
        for (var at = start; at < symbols.Length && at <= start + Word.Length; at++)
        {
            if (at > start && spacing.IsWide(at))
            {
                break;
            }

            var diagonal = costs[0];

            // An added symbol in front of the word would be its left neighbour, which has a say of its own.
            costs[0] = MistakeCost * 2;
            for (var i = 1; i <= Word.Length; i++)
            {
                var above = costs[i];
                costs[i] = Math.Min(diagonal + Extra(symbols[at].Character, i - 1), Math.Min(above, costs[i - 1]) + LostOrAddedCost);
                diagonal = above;
            }

            if (costs[Word.Length] < best.Cost)
            {
                best = (at + 1, costs[Word.Length]);
            }
        }

        return best;
    }

    private static double Extra(char read, int position)
    {
        var expected = Word[position];
        if (read == expected)
        {
            return 0;
        }

        return LookAlikes[position].Contains(read, StringComparison.Ordinal) ? LookAlikeCost
            : char.ToLowerInvariant(read) == expected ? WrongCaseCost
            : MistakeCost;
    }

    private static (int End, double Cost) MatchSeparator(ImmutableArray<TextSymbol> symbols, int at, SymbolSpacing spacing)
    {
        const double otherStroke = 0.2;
        const double space = 0.2;
        return symbols[at].Character switch
        {
            '_' => (at + 1, 0),
            '-' or '.' or '~' or '—' or '–' or '=' or ',' or '‗' => (at + 1, otherStroke),
            _ when spacing.IsWide(at) => (at, MistakeCost * 2),
            _ when symbols[at].BeginsWord || spacing.HasLostCharacter(at) => (at, space),
            _ => (at, NothingCost),
        };
    }

    private static int? MatchEnvironment(ImmutableArray<TextSymbol> symbols, int at, string environment, SymbolSpacing spacing)
    {
        if (at + environment.Length >= symbols.Length)
        {
            return null;
        }

        var mistakes = 0;
        for (var i = 0; i < environment.Length; i++)
        {
            mistakes += symbols[at + i].Character == environment[i] ? 0 : 1;
            if (mistakes > 1 || (i > 0 && spacing.IsWide(at + i)))
            {
                return null;
            }
        }

        var (end, cost) = MatchSeparator(symbols, at + environment.Length, spacing);
        return cost + (mistakes * LookAlikeCost) < LookAlikeCost + LookAlikeCost ? end : null;
    }
}
