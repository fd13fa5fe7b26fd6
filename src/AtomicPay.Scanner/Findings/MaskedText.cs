using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Findings;

/// <summary>Text without the keys that rules find in it: a key may be part of a file name, a ref or an error message.</summary>
internal static class MaskedText
{
    public static string Of(RuleSet rules, string text)
    {
        var bytes = PathText.Encode(text);
        var matches = new List<RuleMatch>();
        rules.FindMatches(bytes, matches);
        if (matches.Count == 0)
        {
            return text;
        }

        var masked = new List<byte>(bytes.Length);
        var copied = 0;
        foreach (var match in matches.OrderBy(match => match.Offset))
        {
            if (match.Offset < copied)
            {
                continue;
            }

            masked.AddRange(bytes.AsSpan(copied, match.Offset - copied));
            masked.AddRange(PathText.Encode(new Secret(match.Key, match.Rule.PrefixOf(match.Key)).Redacted));
            copied = match.Offset + match.Length;
        }

        masked.AddRange(bytes.AsSpan(copied));
        return PathText.Decode([.. masked]);
    }
}
