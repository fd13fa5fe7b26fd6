using System.Text;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Runs the rules that come with the scanner.</summary>
internal static class Scan
{
    public static IReadOnlyList<RuleMatch> Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<RuleMatch> Bytes(ReadOnlySpan<byte> content)
    {
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(content, matches);
        return matches;
    }

    /// <summary>The one match of a text that must have one.</summary>
    public static RuleMatch One(string text) => Text(text).ShouldHaveSingleItem(text);
}
