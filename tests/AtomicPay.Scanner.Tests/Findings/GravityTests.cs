using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources.Git.Attribution;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Findings;

public sealed class GravityTests
{
    [Theory]
    [InlineData("public/index.php")]
    [InlineData("app/static/config")]
    [InlineData("Shop/wwwroot/js/site.js")]
    [InlineData("dist/main.js")]
    [InlineData("build/assets/app.css")]
    [InlineData("src/page.html")]
    [InlineData("a.min.js")]
    [InlineData("maps/a.js.map")]
    [InlineData("shop.apk!/assets/config")]
    [InlineData("a/shop.IPA")]
    public void What_strangers_get_is_gravest(string path) => Score(Text(path)).ShouldBe(9.8);

    [Theory]
    [InlineData("src/app.js")]
    [InlineData("publications/a.txt")]
    [InlineData("dist/app.dll")]
    [InlineData("build/notes.txt")]
    [InlineData("public")]
    [InlineData("a.html.txt")]
    [InlineData("lib.jar!/a.class")]
    public void Other_files_are_as_grave_as_any(string path) => Score(Text(path)).ShouldBe(9.2);

    [Fact]
    public void A_key_that_was_removed_is_less_grave_than_one_in_use_and_graver_than_one_that_nothing_reaches()
    {
        var inHead = Score(Text("a", kind: PlaceKind.History, exposure: Removed with { InHead = true, RemovedIn = null }));
        var removed = Score(Text("a", kind: PlaceKind.History, exposure: Removed));
        var unreachable = Score(Text("a", kind: PlaceKind.Unreachable, exposure: Removed));

        inHead.ShouldBeGreaterThan(removed);
        removed.ShouldBeGreaterThan(unreachable);
    }

    [Fact]
    public void A_screenshot_is_graver_than_a_file() => Score(Picture("a.png")).ShouldBeGreaterThan(Score(Text("a.txt")));

    [Fact]
    public void A_key_that_calls_itself_a_test_key_is_less_grave_and_no_trifle()
    {
        var gravity = Gravity.Of(KeyRule, new Secret("atpay_test_" + Key(1)[6..], "atpay_"), Text("a"));

        gravity.Score.ShouldBeLessThan(9);
        gravity.Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void A_rule_that_only_warns_never_gives_an_error() =>
        Gravity.Of(KeyRule with { Severity = Severity.Warning }, Secret(), Text("public/a.js", exposure: Removed with { RemoteHost = "github.com" }))
            .Severity.ShouldBe(Severity.Warning);

    [Theory]
    [InlineData("https://github.com/a/b.git", true)]
    [InlineData("https://user:p@ss@github.com/a/b", true)]
    [InlineData("https://user:secret@github.com:443/a", true)]
    [InlineData("git@github.com:a/b.git", true)]
    [InlineData("ssh://git@GitHub.com:22/a/b", true)]
    [InlineData("ssh://git@ssh.github.com:443/a/b", true)]
    [InlineData("https://github.com.example.org/a", false)]
    [InlineData("https://mygithub.com/a", false)]
    [InlineData("https://example.org/github.com", false)]
    [InlineData("../github.com", false)]
    [InlineData("", false)]
    public void A_remote_is_told_by_its_host_alone(string address, bool isThere) => RemoteHost.IsOn("github.com", address).ShouldBe(isThere);

    private static double Score(Place place) => Gravity.Of(KeyRule, Secret(), place).Score;
}
