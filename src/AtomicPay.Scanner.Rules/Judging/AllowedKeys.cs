namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Tells keys that a rule names as no leak.</summary>
internal static class AllowedKeys
{
    public static bool Has(Rule rule, ReadOnlySpan<char> key)
    {
        foreach (var pattern in rule.Allowed)
        {
            if (Fits(pattern, key))
            {
                return true;
            }
        }

        return false;
    }

    // After a part that did not fit only the last asterisk need give way: time is the product of the two lengths at worst.
    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> key)
    {
        var (at, place, star, taken) = (0, 0, -1, 0);
        while (place < key.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, taken) = (at++, place);
            }
            else if (at < pattern.Length && pattern[at] == key[place])
            {
                at++;
                place++;
            }
            else if (star >= 0)
            {
                (at, place) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return !pattern[at..].ContainsAnyExcept('*');
    }
}
