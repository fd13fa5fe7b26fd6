using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Rules;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class RedactionTests
{
    [Fact]
    public void Text_without_a_key_stays_as_it_is() =>
        new Redaction(Result()).Show("docs/atpay_setup [1]/é.md").ShouldBe("docs/atpay_setup [1]/é.md");

    [Fact]
    public void Every_key_in_a_text_is_masked_and_the_rest_stays()
    {
        var (found, other) = (Key(1), Key(2));

        var shown = new Redaction(Result(Finding(Text("a")))).Show($"x/{found}.bak/{other}/\n{found}");

        shown.ShouldBe($"x/{found[..10]}….bak/{other[..10]}…/\\x0A{found[..10]}…");
    }

    [Fact]
    public void The_longest_of_the_keys_that_begin_alike_is_masked()
    {
        var (shorter, longer) = (Key(1)[..30], Key(1));
        var redaction = new Redaction(Result(Finding(Text("a"), new Secret(shorter, "atpay_")), Finding(Text("b"), new Secret(longer, "atpay_"))));

        redaction.Show($"{longer}/{shorter}").ShouldBe($"{longer[..10]}…/{longer[..10]}…");
    }

    [Fact]
    public void A_key_without_a_prefix_is_masked_too()
    {
        var key = Key(1)["atpay_".Length..];
        var finding = Finding(Text("a"), new Secret(key, "")) with { Rule = RuleSet.Default.Rules[1] };

        new Redaction(Result(finding)).Show($"x/{key}.bak/{key}").ShouldBe($"x/{key[..4]}….bak/{key[..4]}…");
    }

    [Fact]
    public void A_masked_path_keeps_its_odd_bytes() =>
        new Redaction(Result()).Mask($"\uDCE9/{Key(3)}/\uDCFF").ShouldBe($"\uDCE9/{Key(3)[..10]}…/\uDCFF");

    [Theory]
    [InlineData("Access to the path '/srv/build/shop/a.txt' is denied.", "Access to the path 'a.txt' is denied")]
    [InlineData("/srv/build/shop is no repository", ". is no repository")]
    [InlineData("/srv/build/shopping/a.txt is locked", "/srv/build/shopping/a.txt is locked")]
    public void A_reason_does_not_tell_where_on_the_machine_the_scan_ran(string reason, string shown) =>
        new Redaction(Result() with { Root = "/srv/build/shop/" }).ShowReason(reason).ShouldBe(shown);

    [Theory]
    [InlineData(38, 10)]
    [InlineData(14, 8)]
    [InlineData(8, 6)]
    public void A_short_key_is_masked_more(int length, int revealed) =>
        new Secret(("atpay_" + new string('x', 40))[..length], "atpay_").Redacted.Length.ShouldBe(revealed + 1);
}
