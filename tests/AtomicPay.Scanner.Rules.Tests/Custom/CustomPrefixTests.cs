using System.Text;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests.Custom;

/// <summary>A rule with any prefix is as good as the scanner's own.</summary>
public class CustomPrefixTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string[] Forms =
    [
        "base64", "base64url", "base64-1", "base64-2", "utf16-base64", "hex", "HEX", "percent", "percent-all", "unicode", "unicode-all",
        "unicode-braces", "hex-escape", "hex-escape-all", "octal-all", "entity", "entity-hex", "entity-name", "entity-all",
        "entity-hex-all", "quoted-printable-all", "markdown",
    ];

    private static readonly Gen<string> AnyPrefix = Gen.Select(
        Gen.Char[Letters],
        Gen.OneOf(Gen.Char[Letters + "0123456789"], Gen.OneOf('_', '-')).Array[2, 14],
        Gen.OneOf("_", "-", "", "_live_"),
        (first, rest, end) => first + new string(rest) + end).Where(prefix => prefix.Length >= 4);

    [Fact]
    public void A_key_with_any_prefix_is_found_in_every_form() =>
        Gen.Select(AnyPrefix, Gen.Int[1, 1000]).Sample(
            (prefix, seed) =>
            {
                var rules = new RuleSet([RuleSet.Default.Rules[0] with { Prefixes = [prefix] }]);
                var key = prefix + Keys.Base62Key(seed)["atpay_".Length..];
                foreach (var form in Forms)
                {
                    Find(rules, $"k: {KeyForms.Apply(key, form)} ").Select(match => match.Key).ShouldBe([key], $"{prefix} as {form}");
                }

                Find(rules, Encoding.Unicode.GetBytes($"k: {key}\r\n")).Select(match => match.Key).ShouldBe([key], $"{prefix} in UTF-16");
                Find(rules, Encoding.UTF32.GetBytes($"k: {key}\r\n")).Select(match => match.Key).ShouldBe([key], $"{prefix} in UTF-32");
            },
            iter: 60);

    [Theory]
    [InlineData("acme_", "acme_live_")]
    [InlineData("acme_live_", "acme_")]
    [InlineData("acme", "acme_v2_")]
    public void Of_two_prefixes_that_begin_alike_the_longer_tells(string one, string other)
    {
        var rule = RuleSet.Default.Rules[0] with { Body = BodyPattern.Parse("[A-Za-z0-9_-]{16,128}") };
        var rules = new RuleSet([rule with { Id = "one", Prefixes = [one] }, rule with { Id = "other", Prefixes = [other] }]);
        var (shorter, longer) = one.Length < other.Length ? ("one", "other") : ("other", "one");
        foreach (var form in Forms)
        {
            foreach (var (prefix, id) in new[] { (one.Length < other.Length ? one : other, shorter), (one.Length < other.Length ? other : one, longer) })
            {
                var key = prefix + Keys.Base62Key(9)["atpay_".Length..];
                var match = Find(rules, $"k: {KeyForms.Apply(key, form)} ").ShouldHaveSingleItem(form);
                (match.Rule.Id, match.Key).ShouldBe((id, key));
            }
        }
    }

    [Fact]
    public void What_the_longer_prefix_declines_the_shorter_may_still_be()
    {
        var rule = RuleSet.Default.Rules[0];
        var rules = new RuleSet(
        [
            rule with { Id = "any", Prefixes = ["acme_"], Body = BodyPattern.Parse("[A-Za-z0-9_-]{16,128}") },
            rule with { Id = "hex", Prefixes = ["acme_live_"], Body = BodyPattern.Parse("[0-9a-f]{32}") },
        ]);

        Find(rules, "acme_live_" + Keys.HexKey(1)["atpay_".Length..]).ShouldHaveSingleItem().Rule.Id.ShouldBe("hex");
        Find(rules, "acme_live_" + Keys.Base62Key(1)["atpay_".Length..]).ShouldHaveSingleItem().Rule.Id.ShouldBe("any");
    }

    [Fact]
    public void A_prefix_beats_the_name_beside_it()
    {
        var rules = new RuleSet([.. RuleSet.Default.Rules, RuleSet.Default.Rules[0] with { Id = "acme", Prefixes = ["acme_"] }]);

        Find(rules, "ATOMICPAY_API_KEY=acme_" + Keys.Base62Key(2)["atpay_".Length..]).ShouldHaveSingleItem().Rule.Id.ShouldBe("acme");
        Find(rules, "ATOMICPAY_API_KEY=" + Keys.Base62Key(2)).ShouldHaveSingleItem().Rule.Id.ShouldBe("atomicpay-api-key");
    }

    private static List<RuleMatch> Find(RuleSet rules, string text) => Find(rules, Encoding.UTF8.GetBytes(text));

    private static List<RuleMatch> Find(RuleSet rules, byte[] content)
    {
        var matches = new List<RuleMatch>();
        rules.FindMatches(content, matches);
        return matches;
    }
}
