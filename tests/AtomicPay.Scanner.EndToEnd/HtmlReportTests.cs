using AtomicPay.Scanner.Tests.Images;
using Deque.AxeCore.Commons;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class HtmlReportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public HtmlReportTests() => _workspace.NewRepository();

    [Fact]
    public async Task The_page_is_readable_on_a_desk_and_on_a_phone_by_day_and_by_night()
    {
        var page = await ReportOfALeak();
        using var browser = new Browser();

        foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
        {
            foreach (var dark in new[] { false, true })
            {
                browser.Open(page, width, height, dark);

                browser.Title.ShouldBe("3 leaked keys · AtomicPay.Scanner");
                browser.Evaluate<bool>("return document.scrollingElement.scrollWidth <= window.innerWidth").ShouldBeTrue($"nothing is cut off at {width} pixels");
                AccessibilityViolations(browser).ShouldBeEmpty($"{width} pixels, dark: {dark}");
                browser.Console.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task The_page_tells_how_long_a_key_has_been_exposed_and_what_to_do()
    {
        var page = await ReportOfALeak();
        using var browser = new Browser();
        browser.Open(page, 1280, 900, dark: false);

        browser.Text.ShouldContain("What to do");
        browser.Text.ShouldContain("Revoke or rotate the key in the AtomicPay dashboard.");
        browser.Text.ShouldContain("2026-03-02 committed in");
        browser.Text.ShouldContain("2026-03-02 removed in");
        browser.Text.ShouldContain("everybody who has the repository can read it");
        browser.Evaluate<long>("return document.querySelectorAll('section.key').length").ShouldBe(3);
    }

    [Fact]
    public async Task Keys_that_are_shown_alike_are_told_apart_and_a_tag_is_named()
    {
        _workspace.Write("a.env", $"KEY={TestKey.New(environment: "live_")}\n");
        _workspace.Commit("add");
        _workspace.Git("tag", "--annotate", "v1.0.0", "--message", TestKey.New(environment: "live_"));
        using var browser = new Browser();
        browser.Open(await Report(), 1280, 900, dark: false);

        browser.Text.ShouldContain("Key 1 of 2");
        browser.Text.ShouldContain("Key 2 of 2");
        browser.Text.ShouldContain("tag v1.0.0");
        browser.Text.ShouldContain("in the tag's message, 2026-03-02");
        AccessibilityViolations(browser, "moderate").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_needs_no_script_and_no_network()
    {
        var page = await File.ReadAllTextAsync(await ReportOfALeak(), TestContext.Current.CancellationToken);

        page.ShouldContain("default-src 'none'");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public async Task Pictures_are_shown_with_the_key_covered_wherever_they_lie()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        _workspace.Write("old.png", DrawnPicture.Screen($"KEY={DrawnPicture.Key(seed: 41)}"));
        _workspace.Commit("add");
        File.Delete(_workspace.PathOf("old.png"));
        _workspace.Commit("remove");
        var screen = DrawnPicture.Screen($"KEY={DrawnPicture.Key(seed: 42)}", dark: true);
        _workspace.Write("docs/screen.png", screen);
        _workspace.Write("docs/the same again.png", screen);
        _workspace.Write("pictures.zip", Zipped.Of("inner/shot.png", DrawnPicture.Screen($"KEY={DrawnPicture.Key(seed: 43)}")));
        _workspace.Write("page.html", $"<img src=\"data:image/png;base64,{Convert.ToBase64String(DrawnPicture.Screen($"KEY={DrawnPicture.Key(seed: 44)}"))}\">\n");
        var page = await Report();
        using var browser = new Browser();
        browser.Open(page, 390, 844, dark: true);

        browser.Evaluate<long>("return document.images.length").ShouldBe(4, "a picture that lies twice is shown once");
        browser.Evaluate<bool>("return [...document.images].every(i => i.naturalWidth > 0 && i.alt.includes('covered'))").ShouldBeTrue();
        browser.Text.ShouldContain("The picture is the one at docs/screen.png.");
        browser.Console.ShouldBeEmpty();
        AccessibilityViolations(browser).ShouldBeEmpty();

        // The scanner opens the pictures of a page, too.
        (await PublishedScanner.Scan(_workspace, page)).Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_for_programs_take_no_time_for_pictures()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        _workspace.Write("docs/screen.png", DrawnPicture.Screen($"KEY={DrawnPicture.Key(seed: 42)}"));
        var run = await PublishedScanner.Run(_workspace.Root, "scan", "--quiet", "--report", "json");

        run.Output.ShouldNotContain("base64,");
    }

    [Fact]
    public async Task No_key_stands_in_the_page()
    {
        var page = await ReportOfALeak();
        var run = await PublishedScanner.Scan(_workspace, page);

        run.ExitCode.ShouldBe(0);
        run.Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_path_cannot_bring_markup_into_the_page()
    {
        _workspace.Write("<img src=x onerror=alert(1)>&\"'.env", TestKey.New());
        var page = await Report();
        using var browser = new Browser();
        browser.Open(page, 1280, 900, dark: false);

        browser.Evaluate<long>("return document.querySelectorAll('img').length").ShouldBe(0);
        browser.Text.ShouldContain("<img src=x onerror=alert(1)>&\"'.env");
    }

    [Fact]
    public async Task A_clean_scan_says_so()
    {
        _workspace.Write("a.txt", "nothing\n");
        var page = await Report();
        using var browser = new Browser();
        browser.Open(page, 1280, 900, dark: false);

        browser.Title.ShouldBe("No leaked key · AtomicPay.Scanner");
        AccessibilityViolations(browser).ShouldBeEmpty();
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<string> ReportOfALeak()
    {
        _workspace.Write("deploy/prod.env", TestKey.New());
        _workspace.Commit("add");
        File.Delete(_workspace.PathOf("deploy/prod.env"));
        _workspace.Commit("remove");
        _workspace.Write("src/configuration/with/a/long/path/that/does/not/break/AtomicPayClientConfiguration.cs", $"var key = \"{TestKey.New()}\";");
        _workspace.Write("docs/setup.png", DrawnPicture.Screen($"ATOMICPAY_API_KEY={DrawnPicture.Key(seed: 5)}"));
        return await Report();
    }

    private async Task<string> Report()
    {
        // Beside the repository, not in it: the report is not part of what is scanned.
        var page = _workspace.PathOf(".git/report.html");
        await PublishedScanner.Run(_workspace.Root, "scan", "--quiet", "--report", $"html={page}");
        return page;
    }

    private static IEnumerable<string> AccessibilityViolations(Browser browser, string alsoOfLevel = "serious")
    {
        browser.Evaluate<object>(new BundledAxeScriptProvider().GetScript() + "; return null;");
        var found = browser.EvaluateAsync(
            "const done = arguments[arguments.length - 1];" +
            $"axe.run().then(r => done(r.violations.filter(v => ['serious', 'critical', '{alsoOfLevel}'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))));");
        return ((System.Collections.IEnumerable)found!).Cast<string>();
    }
}
