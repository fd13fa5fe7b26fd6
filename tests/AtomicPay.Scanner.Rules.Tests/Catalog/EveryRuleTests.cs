namespace AtomicPay.Scanner.Rules.Tests.Catalog;

/// <summary>What holds for every rule.</summary>
public class EveryRuleTests
{
    public static TheoryData<string, string> Examples => Texts(rule => rule.Examples);

    public static TheoryData<string, string> NearMisses => Texts(rule => rule.NearMisses);

    public static TheoryData<string> RuleIds => [.. RuleSet.Default.Rules.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_exactly_its_key(string ruleId, string example)
    {
        foreach (var key in KeysOf(ruleId, 20))
        {
            var match = Scan.One(KeyForms.Expand(example, key));
            match.Key.ShouldBe(key);
            match.Rule.Id.ShouldBe(ruleId);
        }
    }

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_near_miss_gives_nothing(string ruleId, string nearMiss)
    {
        foreach (var key in KeysOf(ruleId, 20))
        {
            Scan.Text(KeyForms.Expand(nearMiss, key)).ShouldBeEmpty(ruleId);
        }
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_says_what_was_found_and_what_to_do(string ruleId)
    {
        var rule = RuleSet.Default.Rules.Single(rule => rule.Id == ruleId);
        rule.Summary.ShouldEndWith(".");
        rule.Name.ShouldNotBeNullOrWhiteSpace();
        rule.Help.ShouldContain("revoke", Case.Insensitive);
        rule.Examples.ShouldNotBeEmpty();
        rule.NearMisses.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Each_line_of_the_rules_file_gives_one_finding(string ruleId)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.TestData, "one-per-line", ruleId + ".txt"));
        lines.ShouldNotBeEmpty();
        var keys = KeysOf(ruleId, lines.Length).ToList();
        var content = string.Join('\n', lines.Select((line, index) => KeyForms.Expand(line, keys[index])));
        Scan.Text(content).Select(match => match.Key).ShouldBe(keys);
    }

    [Fact]
    public void The_rules_have_different_ids() => RuleSet.Default.Rules.Select(rule => rule.Id).ShouldBeUnique();

    private static IEnumerable<string> KeysOf(string ruleId, int count)
    {
        var hasPrefix = !RuleSet.Default.Rules.Single(rule => rule.Id == ruleId).Prefixes.IsEmpty;
        return Keys.Many(count).Select(key => hasPrefix ? key : key["atpay_".Length..].TrimStart('-', '_'));
    }

    private static TheoryData<string, string> Texts(Func<Rule, IEnumerable<string>> of)
    {
        var data = new TheoryData<string, string>();
        foreach (var rule in RuleSet.Default.Rules)
        {
            foreach (var text in of(rule))
            {
                data.Add(rule.Id, text);
            }
        }

        return data;
    }
}
