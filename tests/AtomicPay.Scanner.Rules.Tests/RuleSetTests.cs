using System.Text;

namespace AtomicPay.Scanner.Rules.Tests;

public class RuleSetTests
{
    [Fact]
    public void Matches_come_in_the_order_of_the_content()
    {
        var keys = Keys.Many(200).ToList();
        var forms = new[] { "base64", "hex", "percent", "unicode-all", "entity", "markdown" };
        var content = string.Join('\n', keys.Select((key, i) => "k: " + KeyForms.Apply(key, forms[i % forms.Length])));
        var matches = Scan.Text(content);
        matches.Select(match => match.Key).ShouldBe(keys);
        matches.Select(match => match.Offset).ShouldBeInOrder();
    }

    [Fact]
    public void The_digest_names_the_rules()
    {
        RuleSet.Default.Digest.ShouldMatch("^[0-9a-f]{64}$");
        new RuleSet(RuleSet.Default.Rules).Digest.ShouldBe(RuleSet.Default.Digest);
        new RuleSet([RuleSet.Default.Rules[0] with { Prefixes = ["other_"] }]).Digest.ShouldNotBe(RuleSet.Default.Digest);
    }

    [Theory]
    [InlineData("acme_")]
    [InlineData("sk_live_")]
    [InlineData("ab-pay-")]
    public void A_rule_with_another_prefix_gets_the_same_treatment(string prefix)
    {
        var rules = new RuleSet([RuleSet.Default.Rules[0] with { Prefixes = [prefix] }]);
        var key = prefix + Keys.Base62Key(3)["atpay_".Length..];
        foreach (var form in new[] { "base64", "base64-1", "base64-2", "hex", "HEX", "percent", "percent-all", "unicode-all", "entity" })
        {
            var matches = new List<RuleMatch>();
            rules.FindMatches(Encoding.ASCII.GetBytes("k: " + KeyForms.Apply(key, form)), matches);
            matches.ShouldHaveSingleItem(form).Key.ShouldBe(key);
        }
    }

    [Fact]
    public void A_line_is_allowed_by_a_comment()
    {
        RuleSet.IsAllowedByComment("k = 1 # atomicpay-scan:allow"u8).ShouldBeTrue();
        RuleSet.IsAllowedByComment("k = 1 # gitleaks:allow"u8).ShouldBeTrue();
        RuleSet.IsAllowedByComment("k = 1 # atomicpay-scan: allowed"u8).ShouldBeFalse();
        RuleSet.IsAllowedByComment("k = 1 # see atomicpay-scan:allowlist"u8).ShouldBeFalse();
        RuleSet.IsAllowedByComment("gitleaks:allow-none atomicpay-scan:allow: sandbox"u8).ShouldBeTrue();
    }

    [Fact]
    public void A_key_that_was_read_elsewhere_is_judged_the_same_way()
    {
        var rule = RuleSet.Default.Rules[0];
        var key = Keys.Base62Key(4);
        RuleSet.Judge(rule, key).IsIssued.ShouldBeTrue();
        RuleSet.Judge(rule, key).Confidence.ShouldBeGreaterThan(0.99);
        RuleSet.Judge(rule, key + "••••").Likeness.ShouldBe(Likeness.CutOff);
        RuleSet.Judge(rule, key + "...").Likeness.ShouldBe(Likeness.CutOff);
        RuleSet.Judge(rule, key + "!").Likeness.ShouldBe(Likeness.NotAKey);
        RuleSet.Judge(rule, "x" + key).Likeness.ShouldBe(Likeness.NotAKey);
        RuleSet.Judge(rule, "atpay_your_api_key_here").Likeness.ShouldBe(Likeness.Placeholder);
        RuleSet.Judge(rule, "atpay_subscription_customer_lookup_id").Likeness.ShouldBe(Likeness.Identifier);
    }

    [Fact]
    public void A_content_without_an_anchor_costs_no_memory()
    {
        var content = new byte[100_000];
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(content, matches);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuleSet.Default.FindMatches(content, matches);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
