using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class ConsoleReportTests
{
    private static readonly ReportStyle _terminal = new(Color: false, Width: 80, Verbose: false);

    [Fact]
    public void A_clean_scan_ends_in_one_friendly_line() => Lines(Result()).ShouldBe(["No leaked key found."]);

    [Fact]
    public void A_clean_scan_of_a_part_does_not_sound_clean()
    {
        var lines = Lines(Result() with { Skipped = [new Skipped(new Origin.File("a.7z"), "the archive needs a password.")] });

        lines.ShouldBe(
        [
            "No leaked key found in what was scanned, but that was not everything.",
            "",
            "Not scanned (1)",
            "  a.7z  the archive needs a password",
        ]);
    }

    [Fact]
    public void An_interrupted_scan_says_so() =>
        Lines(Result() with { Interrupted = true }).ShouldContain(line => line.StartsWith("The scan was interrupted", StringComparison.Ordinal));

    [Fact]
    public void The_places_of_a_key_stand_together_under_its_masked_name()
    {
        var here = Text("config/.env");
        var before = Text("docs/old.md", 12, PlaceKind.History, Removed);
        var zipped = Text("backup.zip!/settings.json", 118, decodedBy: ["zip", "base64"]);

        var lines = Lines(Result(Finding(here, others: [before, zipped]), Finding(before, others: [here, zipped]), Finding(zipped)));

        lines.TakeWhile(line => line.Length > 0).ShouldBe(
        [
            $"{Secret().Redacted}  {KeyRule.Name}, 3 places, critical",
            "  backup.zip!/settings.json:118:13  in the working tree · inside zip, base64",
            "  config/.env:3:13  in the working tree",
            "  docs/old.md:12:13",
            "    only in history, since 2026-03-02 in commit 4f1c2d9, removed in a81b03e",
        ]);
    }

    [Fact]
    public void One_line_in_the_working_tree_and_in_history_is_one_entry()
    {
        var lines = Lines(Result(Finding(Text("a.env"), others: Text("a.env", kind: PlaceKind.History, exposure: Removed with { InHead = true, RemovedIn = null }))));

        lines.Skip(1).Take(3).ShouldBe(
        [
            "  a.env:3:13",
            "    in the working tree",
            "    in history since 2026-03-02 in commit 4f1c2d9, still in HEAD",
        ]);
    }

    [Fact]
    public void A_key_on_another_branch_names_the_branch()
    {
        var exposure = Removed with { RemovedIn = null, Refs = ["refs/heads/feature/x", "refs/remotes/origin/feature/x"] };

        Unwrapped(Result(Finding(Text("a", kind: PlaceKind.History, exposure: exposure)))).ShouldContain("not in HEAD but on feature/x and 1 more");
    }

    [Fact]
    public void A_commit_message_is_named_by_its_commit()
    {
        var place = new Place("", PlaceKind.CommitMessage, new Region(4, 1, 4, 39, 0, 38), Picture: null, [], Removed, 1);

        Lines(Result(Finding(place))).ShouldContain("  commit 4f1c2d9  in the commit message, 2026-03-02");
    }

    [Theory]
    [InlineData(0.8349, 3, "read with 83 % confidence; 3 readings are plausible")]
    [InlineData(0.8349, 1, "read with 83 % confidence; the reading may be off")]
    [InlineData(0.9999, 1, "read with 99 % confidence")]
    public void A_picture_says_where_to_look_and_how_far_to_trust_the_reading(double confidence, int candidates, string words)
    {
        var report = Unwrapped(Result(Finding(Picture("login.png", confidence, candidates))));

        report.ShouldContain($"at 120,66 in the picture (412×18 px), {words}");
        report.ShouldContain("Compare a key that was read off a picture");
    }

    [Fact]
    public void What_to_do_follows_from_the_rule_and_from_where_the_key_lies()
    {
        var rule = KeyRule with { Steps = ["Revoke the key.", "Read it from a variable."] };

        var lines = Lines(Result(Finding(Text("a", kind: PlaceKind.History, exposure: Removed)) with { Rule = rule }));

        lines.SkipWhile(line => line != "What to do").ShouldBe(
        [
            "What to do",
            "  1. Revoke the key.",
            "  2. Read it from a variable.",
            "  3. Do not rely on deleting the line: git history, clones and forks keep the",
            "     key.",
        ]);
    }

    [Fact]
    public void A_remote_on_a_host_of_public_repositories_is_a_hint_and_no_more()
    {
        var report = Unwrapped(Result(Finding(Text("a", kind: PlaceKind.History, exposure: Removed with { RemoteHost = "github.com" }))));

        report.ShouldContain("See who can read the repository on github.com: where it is public, the key is.");
    }

    [Fact]
    public void The_gravest_key_comes_first_and_says_why()
    {
        var lines = Lines(Result(Finding(Text("a.txt", kind: PlaceKind.History, exposure: Removed)), Finding(Text("z/wwwroot/app.js"), Secret(2))));

        lines[0].ShouldBe($"{Secret(2).Redacted}  {KeyRule.Name}, 1 place, critical");
        lines[1].ShouldContain("in a file that browsers get");
        lines[3].ShouldEndWith("1 place, high");
    }

    [Fact]
    public void Sentences_keep_within_the_terminal_and_paths_are_never_broken()
    {
        var path = string.Join('/', Enumerable.Repeat("a folder with spaces", 8)) + "/file.txt";

        var lines = Lines(Result(Finding(Text(path)), Finding(Picture("p.png"))) with { Skipped = [new Skipped(new Origin.File(path), string.Join(' ', Enumerable.Repeat("reason", 30)))] });

        lines.ShouldContain($"  {path}:3:13");
        lines.ShouldContain($"  {path}");
        lines.Where(line => !line.Contains(path, StringComparison.Ordinal)).ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void Long_lists_are_cut_and_counted_and_verbose_shows_them()
    {
        var places = Enumerable.Range(0, 50).Select(i => Text($"copy{i:00}.txt")).ToArray();
        var result = Result(Finding(places[0], others: places[1..]) with { OtherPlaceCount = 1_299 }) with
        {
            Skipped = [.. Enumerable.Range(0, 1_500).Select(i => new Skipped(new Origin.File($"locked{i:0000}"), "no permission"))],
        };

        var cut = Lines(result);
        var whole = Lines(result, _terminal with { Verbose = true });

        cut.ShouldContain($"{Secret().Redacted}  {KeyRule.Name}, 1,300 places, critical");
        cut.ShouldContain("  … and 1,280 more; --verbose lists them");
        cut.ShouldContain("Not scanned (1,500)");
        cut.ShouldContain("  … and 1,490 more; --verbose lists them");
        whole.ShouldContain("  … and 1,250 more");
        whole.Count(line => line.StartsWith("  locked", StringComparison.Ordinal)).ShouldBe(1_500);
    }

    [Fact]
    public void A_hostile_path_cannot_touch_the_terminal()
    {
        const string Hostile = "a\u001b[2J\r\n\u009b31m\u202etxt[red]b[/]\u2028\uDCE9\uD800";
        var result = Result(Finding(Text(Hostile, exposure: Removed with { Refs = [Hostile] }, decodedBy: Hostile))) with
        {
            Skipped = [new Skipped(new Origin.File(Hostile), Hostile)],
        };

        var report = Whole(result);

        report.ShouldContain(@"  a\x1B[2J\x0D\x0A\u009B31m\u202Etxt[red]b[/]\u2028\xE9" + "\uFFFD:3:13");
        report.Where(c => char.IsControl(c) || char.IsSurrogate(c)).Distinct().ShouldBe(['\n']);
    }

    [Fact]
    public void Colour_is_the_callers_choice_and_changes_no_word()
    {
        var result = Result(Finding(Text("a.env"), others: Picture("p.png")));

        var colored = Written(new ConsoleReport(), result, _terminal with { Color = true });

        colored.ShouldContain("\u001b[");
        System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9;]*m", "").ShouldBe(Whole(result));
    }

    [Fact]
    public void A_report_never_holds_the_key()
    {
        var named = Key(7);
        var result = Result(
            Finding(Text($"{named}.txt", kind: PlaceKind.FileName), new Secret(named, "atpay_")),
            Finding(Text("b", exposure: Removed with { InHead = false, Refs = [$"refs/heads/{named}"] }))) with
        {
            Skipped = [new Skipped(new Origin.File($"{named}.zip"), $"no {named}")],
        };

        var report = Written(new ConsoleReport(), result, _terminal with { Verbose = true });

        report.ShouldNotContain(named[10..], Case.Sensitive);
        report.ShouldNotContain(Key(1)[10..], Case.Sensitive);
        SummaryLine.Of(result).ShouldNotContain("atpay_");
    }

    [Fact]
    public void The_formats_are_found_by_name()
    {
        ReportFormats.All[0].Name.ShouldBe("console");
        ReportFormats.Find("sarif").ShouldBeOfType<Scanner.Reports.Sarif.SarifReport>();
        ReportFormats.Find("pdf").ShouldBeNull();
    }

    private static string Whole(ScanResult result) => Written(new ConsoleReport(), result, _terminal);

    private static string Unwrapped(ScanResult result) => System.Text.RegularExpressions.Regex.Replace(Whole(result), @"\s+", " ");

    private static string[] Lines(ScanResult result, ReportStyle? style = null) =>
        Written(new ConsoleReport(), result, style ?? _terminal).TrimEnd('\n').Split('\n');
}
