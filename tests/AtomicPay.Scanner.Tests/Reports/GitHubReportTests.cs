using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.GitHub;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class GitHubReportTests
{
    [Fact]
    public void An_annotation_points_at_the_line()
    {
        var line = Annotations(Result(Finding(Text("src/a,b:c.env")))).ShouldHaveSingleItem();

        line.ShouldStartWith("::error file=src/a%2Cb%3Ac.env,line=3,endLine=3,col=13,endColumn=51,title=");
        line.ShouldContain("Revoke or rotate");
    }

    [Fact]
    public void A_key_that_is_only_in_history_points_at_no_file_of_today()
    {
        var line = Annotations(Result(Finding(Text("old.env", kind: PlaceKind.History, exposure: Removed)))).ShouldHaveSingleItem();

        line.ShouldStartWith("::error title=");
        line.ShouldContain("old.env%3A3%3A13".Replace("%3A", ":", StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_cannot_bring_a_command_of_its_own()
    {
        var lines = Annotations(Result(Finding(Text("a\n::stop-commands::x%0A::error::y\r.env"))));

        lines.ShouldHaveSingleItem();
        lines[0].ShouldNotContain("%0A::");
    }

    [Fact]
    public void Ten_of_a_level_are_shown_and_the_last_one_counts_the_rest()
    {
        var findings = Enumerable.Range(1, 25).Select(i => Finding(Text($"{i}.env"), Secret(i))).ToArray();
        var skipped = Enumerable.Range(1, 12).Select(i => new Skipped(new Origin.File($"{i}.zip"), "is encrypted"));

        var lines = Annotations(Result(findings) with { Skipped = [.. skipped] });

        lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)).ShouldBe(10);
        lines.Count(line => line.StartsWith("::warning ", StringComparison.Ordinal)).ShouldBe(10);
        lines.ShouldContain("::error title=And more::16 more leaked keys: the other reports of this scan list them all.");
    }

    [Fact]
    public void The_summary_lists_keys_places_and_what_to_do()
    {
        var summary = Summary(Result(Finding(Text("a.env")), Finding(Text("b.env", kind: PlaceKind.History, exposure: Removed), Secret(2))));

        summary.ShouldStartWith("## 2 leaked AtomicPay keys\n");
        summary.ShouldContain("| <code>a.env&#58;3&#58;13</code> | in the working tree |");
        summary.ShouldContain("1. Revoke or rotate the key in the AtomicPay dashboard.");
    }

    [Fact]
    public void Nothing_in_a_path_is_markup_in_the_summary()
    {
        var summary = Summary(Result(Finding(Text("a|b`c*d<script>@everyone#12[x](y).env"))));

        summary.ShouldNotContain("<script>");
        summary.ShouldNotContain("@everyone");
        summary.ShouldContain("a&#124;b&#96;c&#42;d&#60;script&#62;&#64;everyone&#35;12&#91;x&#93;(y).env");
    }

    [Fact]
    public void The_summary_stays_below_what_GitHub_accepts()
    {
        var place = Text(new string('é', 4000));
        var others = Enumerable.Range(1, 30).Select(i => place with { Path = $"{i}{place.Path}" }).ToArray();
        var findings = Enumerable.Range(1, 300).Select(i => Finding(place, Secret(i), others)).ToArray();

        Encoding.UTF8.GetByteCount(Summary(Result(findings))).ShouldBeLessThan(1 << 20);
    }

    private static string[] Annotations(ScanResult result) =>
        Written(new AnnotationReport(), result, ReportStyle.Plain).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Summary(ScanResult result) => Written(new SummaryReport(), result, ReportStyle.Plain);
}
