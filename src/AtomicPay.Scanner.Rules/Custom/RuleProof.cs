using System.Text;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>Runs the rules of a file over their examples and near-misses.</summary>
internal static class RuleProof
{
    /// <summary>What stands in an example for a key, which is made up.</summary>
    public const string KeyMark = "{key}";

    private const int Tries = 20;

    public static void Check(IReadOnlyList<DraftRule> drafts, IReadOnlyCollection<Rule> others, List<(long Offset, string Message)> errors)
    {
        var rules = new RuleSet([.. others, .. drafts.Select(draft => draft.Rule)]);
        var random = new MadeUpNumbers();
        foreach (var draft in drafts)
        {
            Check(draft, rules, random, errors);
        }
    }

    private static void Check(DraftRule draft, RuleSet rules, MadeUpNumbers random, List<(long Offset, string Message)> errors)
    {
        var rule = draft.Rule;
        if (MakeUpKey(rule, random) is not { } key)
        {
            errors.Add((draft.Body,
                $"Keys of the form {rule.Body} cannot be told from words and patterns; ask for more characters, or write \"random\": false and take what has the form."));
            return;
        }

        for (var i = 0; i < rule.Examples.Length; i++)
        {
            var found = KeysIn(rule.Examples[i].Replace(KeyMark, key, StringComparison.Ordinal), rule, rules);
            if (found is not [var only] || (rule.Examples[i].Contains(KeyMark, StringComparison.Ordinal) && only != key))
            {
                errors.Add((draft.Examples[i], found.Count == 0
                    ? "The rule finds no key in this example; widen the prefixes or the body, or move it to \"nearMisses\". {key} stands for a key that fits."
                    : "The rule finds something else in this example than the one key that it is to hold; split it, or narrow the body."));
            }
        }

        for (var i = 0; i < rule.NearMisses.Length; i++)
        {
            if (KeysIn(rule.NearMisses[i].Replace(KeyMark, key, StringComparison.Ordinal), rule, rules).Count > 0)
            {
                errors.Add((draft.NearMisses[i], "The rule finds a key in this near-miss; narrow the body, put the key under \"allow\", or move it to \"examples\"."));
            }
        }
    }

    private static List<string> KeysIn(string text, Rule rule, RuleSet rules)
    {
        var matches = new List<RuleMatch>();
        rules.FindMatches(Encoding.UTF8.GetBytes(text), matches);
        return [.. matches.Where(match => match.Rule.Id == rule.Id).Select(match => match.Key)];
    }

    private static string? MakeUpKey(Rule rule, MadeUpNumbers random)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var key = rule.Prefixes[attempt % rule.Prefixes.Length] + rule.Body.MakeUp(random.Below);
            if (RuleSet.Judge(rule, key).IsIssued)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Numbers that are the same each time (xorshift): a proof must not succeed by chance.</summary>
    private sealed class MadeUpNumbers
    {
        private ulong _state = 0x9E3779B97F4A7C15;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return (int)((_state >> 11) % (ulong)limit);
        }
    }
}
