using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Rules.Custom;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests.Custom;

public class RuleFileTests
{
    private const string Whole = """
        // Keys of our own services.
        {
          "rules": [
            {
              "id": "acme-key",
              "name": "Acme key",
              "prefixes": ["acme_", "acme-test_"],
              "body": "(live_)?[A-Za-z0-9]{24,64}",
              "allow": ["acme_docs*", "*Example"],
              "severity": "warning",
              "summary": "A key of Acme is readable here.",
              "steps": ["Revoke it."],
              "help": "**Revoke** it.", /* and so on */
              "examples": ["ACME_KEY={key}", "{\"key\": \"{key}\"}"],
              "nearMisses": ["acme_settings_of_the_whole_company", "my{key}",],
            },
          ],
        }
        """;

    [Fact]
    public void A_file_gives_its_rules_with_all_that_they_say()
    {
        var rule = Read(Whole).Rules.ShouldHaveSingleItem();

        (rule.Id, rule.Name, rule.Severity, rule.Summary, rule.Help).ShouldBe(
            ("acme-key", "Acme key", Severity.Warning, "A key of Acme is readable here.", "**Revoke** it."));
        rule.Prefixes.ShouldBe(["acme_", "acme-test_"]);
        rule.Allowed.ShouldBe(["acme_docs*", "*Example"]);
        rule.Steps.ShouldBe(["Revoke it."]);
        rule.Body.Text.ShouldBe("(live_)?[A-Za-z0-9]{24,64}");
    }

    [Fact]
    public void An_id_a_prefix_and_a_body_are_enough()
    {
        var rule = Read("""{"rules": [{"id": "a-b", "prefix": "ab_cd", "body": "[a-f0-9]{32}"}]}""").Rules.ShouldHaveSingleItem();

        (rule.Name, rule.Severity, rule.IsRandom).ShouldBe(("a-b", Severity.Error, true));
        rule.Steps.ShouldNotBeEmpty();
        rule.Help.ShouldContain("Revoke");
    }

    [Fact]
    public void A_rule_of_a_file_finds_its_keys_beside_those_of_the_scanner()
    {
        var rules = new RuleSet([.. RuleSet.Default.Rules, .. Read(Whole).Rules]);
        var (own, acme) = (Keys.Base62Key(3), "acme_live_" + Keys.Base62Key(4)["atpay_".Length..]);

        var matches = new List<RuleMatch>();
        rules.FindMatches(Encoding.UTF8.GetBytes($"{own} {acme} acme_docs{acme[10..]} {acme}Example {acme}_x"), matches);

        matches.Select(match => (match.Rule.Id, match.Key)).ShouldBe([("atomicpay-api-key", own), ("acme-key", acme)]);
    }

    [Theory]
    [InlineData("", "1:1: This is not JSON: ")]
    [InlineData("[]", "1:1: A file of rules is an object")]
    [InlineData("{}", "1:2: There is no \"rules\": [ … ] in the file.")]
    [InlineData("{\"rules\": {}}", "1:11: \"rules\" is a list")]
    [InlineData("{\"rule\": []}", "1:2: Beside \"rules\" nothing stands here.")]
    [InlineData("{\"rules\": []} x", "1:15: This is not JSON: ")]
    [InlineData("{\"rules\": [7]}", "1:12: A rule is an object")]
    [InlineData("{\n  \"rules\": [\n    { \"id\": \"a\", }\n    nonsense\n", "4:5: This is not JSON: ")]
    public void A_file_that_is_none_is_refused_where_it_goes_wrong(string json, string error) =>
        Errors(json).ShouldContain(found => found.StartsWith(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"id": "Acme"}""", ":7: An id is small letters, digits and hyphens")]
    [InlineData("""{"id": "atomicpay-api-key"}""", ":7: There is a rule \"atomicpay-api-key\" already")]
    [InlineData("""{"prefix": "ab_"}""", ":11: A prefix has 4 characters at least")]
    [InlineData("""{"prefix": "_abcd"}""", ":11: A prefix is letters, digits and")]
    [InlineData("""{"prefix": "atpay_"}""", ":11: Keys that begin with \"atpay_\" have a rule already")]
    [InlineData("""{"prefixes": ["abcd_", "abcd_"]}""", ":23: The prefix \"abcd_\" stands twice")]
    [InlineData("""{"prefixes": "abcd_"}""", ":13: This is a list of texts")]
    [InlineData("""{"body": "[a-z]*"}""", ":15: '*' sets no limit; write how many, such as {32} or {16,128}.")]
    [InlineData("""{"body": 3}""", ":9: This is a text in quotes")]
    [InlineData("""{"prefx": "abcd_"}""", ":1: A rule has no \"prefx\"; write \"prefix\".")]
    [InlineData("""{"near_misses": []}""", ":1: A rule has no \"near_misses\"; write \"nearMisses\".")]
    [InlineData("""{"colour": "red"}""", ":1: A rule has no \"colour\"; it has id, name")]
    [InlineData("""{"severity": "high"}""", ":13: A severity is \"error\", \"warning\" or \"note\".")]
    [InlineData("""{"random": "no"}""", ":11: \"random\" is true or false.")]
    [InlineData("""{"id": "a", "id": "b"}""", ":12: \"id\" stands twice in this rule")]
    [InlineData("""{"name": ""}""", ":9: This text is empty")]
    [InlineData("""{"name": "\uD800"}""", ":9: This text is no valid UTF-8")]
    [InlineData("""{"id": "a"}""", ":0: This rule has no \"prefix\"")]
    [InlineData("""{"id": "a"}""", ":0: This rule has no \"body\"")]
    public void A_mistake_in_a_rule_is_told_with_its_place_and_with_what_to_write(string rule, string error)
    {
        const string Before = "{\"rules\": [";
        var colon = error.IndexOf(": ", StringComparison.Ordinal);
        var column = int.Parse(error.AsSpan(1, colon - 1), CultureInfo.InvariantCulture) + Before.Length + 1;
        var expected = $"2:{column}{error[colon..]}";

        Errors($"\n{Before}{rule}]}}").ShouldContain(found => found.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mistake_is_told_at_once_in_the_order_of_the_file()
    {
        var errors = Errors("""
            {"rules": [
              {"id": "one", "prefix": "x", "body": "[a-z]{20}"},
              {"id": "two", "prefix": "two_", "body": "[a-"},
              {"id": "one", "prefix": "one_", "body": "[a-z]{20}"},
            ]}
            """);

        errors.Select(error => error[..error.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(["2", "3", "4"]);
    }

    [Theory]
    [InlineData("\"examples\": [\"no key\"]", "finds no key in this example")]
    [InlineData("\"examples\": [\"{key} {key} {key}x\"]", "finds something else in this example")]
    [InlineData("\"nearMisses\": [\"k = {key}\"]", "finds a key in this near-miss")]
    public void A_rule_that_does_not_do_what_it_says_is_refused_at_the_example(string field, string error) =>
        Errors($$"""{"rules": [{"id": "a", "prefix": "acme_", "body": "[A-Za-z0-9]{32}", {{field}}}]}""").ShouldHaveSingleItem()
            .ShouldContain(error);

    [Fact]
    public void A_body_that_words_have_too_is_refused_unless_the_rule_asks_for_it()
    {
        const string Short = """{"rules": [{"id": "a", "prefix": "acme_", "body": "[a-z]{8}" """;

        Errors(Short + "}]}").ShouldHaveSingleItem().ShouldContain("\"random\": false");
        Errors(Short + ", \"random\": false}]}").ShouldBeEmpty();
    }

    [Fact]
    public void The_digest_changes_with_all_that_changes_what_is_found()
    {
        var rule = Read(Whole).Rules[0];
        Rule[] rules =
        [
            rule, rule with { Prefixes = ["acme_"] }, rule with { Body = BodyPattern.Parse("[a-z]{24}") }, rule with { IsRandom = false },
            rule with { Allowed = [] }, rule with { Allowed = ["acme_docs*", "*Example", "x"] }, rule with { Id = "other" },
        ];

        rules.Select(each => new RuleSet([each]).Digest).ShouldBeUnique();
        new RuleSet([rule with { Help = "other" }]).Digest.ShouldBe(new RuleSet([rule]).Digest);
    }

    [Fact]
    public void No_text_makes_it_fail() =>
        Gen.OneOf("{", "}", "[", "]", ",", ":", "\"", "\"rules\"", "\"id\"", "\"a\"", "\"prefix\"", "\"abcd_\"", "\"body\"", "\"[a-z]{20}\"",
                "\"examples\"", "\"{key}\"", "//", "\n", "1e9", "null", "true", "\\", "\u00FF", "{\"rules\":[{", "}]}").Array[0, 30].Sample(
            parts =>
            {
                var bytes = Encoding.Latin1.GetBytes(string.Concat(parts));
                var file = RuleFile.Read(bytes, RuleSet.Default.Rules);
                file.Errors.ShouldAllBe(error => error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0);
                (file.Rules.IsEmpty || file.Errors.IsEmpty).ShouldBeTrue();
            },
            iter: 20_000);

    [Fact]
    public void A_hostile_file_is_refused_soon()
    {
        var nested = new string('[', 500_000);
        var many = "{\"rules\": [" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"{{\"id\": \"r{i}\"}}")) + "]}";
        var large = "{\"rules\": [" + new string(' ', RuleFile.MostBytes) + "]}";

        foreach (var json in new[] { nested, "{\"rules\":" + nested, many, large })
        {
            Errors(json).Count.ShouldBeInRange(1, 50);
        }
    }

    private static RuleFile Read(string json)
    {
        var file = RuleFile.Read(Encoding.UTF8.GetBytes(json), RuleSet.Default.Rules);
        file.Errors.ShouldBeEmpty();
        return file;
    }

    private static List<string> Errors(string json) =>
        [.. RuleFile.Read(Encoding.UTF8.GetBytes(json), RuleSet.Default.Rules).Errors.Select(error => error.ToString())];
}
