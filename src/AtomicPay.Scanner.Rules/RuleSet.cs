using System.Collections.Immutable;
using System.Text;

namespace AtomicPay.Scanner.Rules;

/// <summary>Rules made ready to run over bytes. Immutable, and safe to use from many threads at once.</summary>
public sealed class RuleSet(ImmutableArray<Rule> rules)
{
    /// <summary>The AtomicPay rules that come with the scanner.</summary>
    public static RuleSet Default { get; } = new([Catalog.AtomicPayApiKey.Rule]);

    /// <summary>The rules of this set, in the order in which reports list them.</summary>
    public ImmutableArray<Rule> Rules { get; } = rules;

    /// <summary>Finds every key in <paramref name="content"/> and adds it to <paramref name="matches"/>, ordered by offset.</summary>
    public void FindMatches(ReadOnlySpan<byte> content, ICollection<RuleMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        foreach (var rule in Rules)
        {
            var prefix = Encoding.ASCII.GetBytes(rule.Prefix);
            for (var at = 0; content[at..].IndexOf(prefix) is var found and >= 0; at += prefix.Length)
            {
                at += found;
                var body = content[(at + prefix.Length)..];
                var length = 0;
                while (length < body.Length && (char.IsAsciiLetterOrDigit((char)body[length]) || body[length] is (byte)'_' or (byte)'-'))
                {
                    length++;
                }

                if (length is >= 16 and <= 128)
                {
                    matches.Add(new RuleMatch(rule, at, prefix.Length + length, Encoding.ASCII.GetString(content.Slice(at, prefix.Length + length)), [], 1));
                }
            }
        }
    }
}
