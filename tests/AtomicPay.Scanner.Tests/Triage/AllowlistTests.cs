using System.Collections.Immutable;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Tests.Reports;
using AtomicPay.Scanner.Triage;

namespace AtomicPay.Scanner.Tests.Triage;

public sealed class AllowlistTests
{
    private static readonly DateOnly _today = new(2026, 11, 23);

    [Theory]
    [InlineData("docs/**", "docs/a.md", true)]
    [InlineData("docs/**", "docs/deep/a.md", true)]
    [InlineData("docs/**", "src/docs/a.md", false)]
    [InlineData("**/docs/**", "src/docs/a.md", true)]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("*.md", "docs/a.md", false)]
    [InlineData("docs/a.md", "docs/a.md", true)]
    [InlineData("docs/a.md", "docs/A.md", false)]
    [InlineData("fixtures.zip", "fixtures.zip!/deep/a.env", true)]
    [InlineData("fixtures.zip", "fixtures.zip!/inner.tar!/a.env", true)]
    [InlineData("**/*.env", "fixtures.zip!/deep/a.env", true)]
    [InlineData("fixtures.zi", "fixtures.zip!/deep/a.env", false)]
    [InlineData("**", "", false)]
    public void A_glob_is_about_paths_from_the_root_and_an_archive_stands_for_what_is_in_it(string glob, string path, bool isAllowed)
    {
        (Of(new AllowEntry { Paths = [glob], Reason = "r", Source = "s:1" }).Find(Samples.Finding(Samples.Text(path)), path) is not null).ShouldBe(isAllowed);
    }

    [Fact]
    public void A_finding_has_to_meet_every_criterion_and_one_value_of_it()
    {
        var entry = new AllowEntry { Paths = ["a", "b"], Keys = [Samples.Secret(1).Sha256, Samples.Secret(2).Sha256], Rules = [Samples.KeyRule.Id], Reason = "r", Source = "s:1" };

        Find(entry, "b", seed: 2).ShouldBeTrue();
        Find(entry, "c", seed: 2).ShouldBeFalse();
        Find(entry, "b", seed: 3).ShouldBeFalse();
        Find(entry with { Rules = ["other"] }, "b", seed: 2).ShouldBeFalse();
        Find(entry with { Paths = [], Keys = [] }, "c", seed: 3).ShouldBeTrue();
    }

    [Fact]
    public void An_entry_counts_to_the_end_of_its_last_day()
    {
        var entry = new AllowEntry { Rules = [Samples.KeyRule.Id], Reason = "until the launch", Source = "scan.json:4", Expires = _today };

        Find(entry, "a", seed: 1).ShouldBeTrue();
        Find(entry with { Expires = _today.AddDays(-1) }, "a", seed: 1).ShouldBeFalse();
        Of(entry).Expired.ShouldBeEmpty();
        Of(entry with { Expires = _today.AddDays(-1) }).Expired.ShouldBe(["scan.json:4: this allowlist entry expired on 2026-11-22 and counts no longer: until the launch"]);
    }

    [Fact]
    public void An_entry_that_allowed_nothing_is_stale_one_that_allowed_what_another_allows_is_not()
    {
        var used = new AllowEntry { Paths = ["a"], Reason = "first", Source = "s:1" };
        var alsoUsed = new AllowEntry { Paths = ["*"], Reason = "second", Source = "s:2" };
        var unused = new AllowEntry { Paths = ["b"], Reason = "third", Source = "s:3" };
        var list = new Allowlist([used, alsoUsed, unused], _today);

        list.Find(Samples.Finding(Samples.Text("a")), "a")!.Reason.ShouldBe("first");
        list.Stale.ShouldHaveSingleItem().ShouldStartWith("s:3: ");
    }

    private static bool Find(AllowEntry entry, string path, int seed) => Of(entry).Find(Samples.Finding(Samples.Text(path), Samples.Secret(seed)), path) is not null;

    private static Allowlist Of(AllowEntry entry) => new([entry], _today);
}
