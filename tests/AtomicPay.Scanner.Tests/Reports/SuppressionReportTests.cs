using System.Text;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;
using Microsoft.CodeAnalysis.Sarif;
using NJsonSchema;
using static AtomicPay.Scanner.Tests.Reports.Samples;
using Suppression = AtomicPay.Scanner.Findings.Suppression;
using SuppressionKind = AtomicPay.Scanner.Findings.SuppressionKind;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class SuppressionReportTests
{
    private static readonly ScanResult _result = Result(Finding(Text("src/leak.env"), Secret(2))) with
    {
        Suppressed =
        [
            new(Finding(Text("docs/a.md")), new Suppression(SuppressionKind.Comment, "allowed by a comment on its line", "")),
            new(Finding(Text("docs/b.md")), new Suppression(SuppressionKind.Allowlist, $"pasted by mistake: {Key(1)} \e[2J", "atomicpay-scan.json:3")),
            new(Finding(Text("docs/c.md")), new Suppression(SuppressionKind.Baseline, "known", "known.txt:7")),
        ],
        SuppressedCount = 3,
        Warnings = ["atomicpay-scan.json:9: this allowlist entry allows nothing that was found, and can go: old"],
    };

    [Fact]
    public async Task A_suppressed_result_follows_the_official_schema_and_is_suppressed_for_the_official_object_model()
    {
        var sarif = Sarif(_result);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json"), TestContext.Current.CancellationToken);
        schema.Validate(sarif).ShouldBeEmpty();

        var run = Read(sarif);
        run.Results.Select(r => r.TryIsSuppressed(out var isSuppressed) && isSuppressed).ShouldBe([false, true, true, true]);
        run.Results.Skip(1).Select(r => r.Suppressions[0].Kind.ToString()).ShouldBe(["InSource", "External", "External"]);
        run.Results[3].Suppressions[0].Justification.ShouldBe("known (known.txt:7)");
        run.Invocations[0].ExecutionSuccessful.ShouldBeTrue("what should be put right does not make the scan incomplete");
    }

    [Fact]
    public void No_report_repeats_a_key_that_stands_in_a_reason()
    {
        foreach (var format in ReportFormats.All)
        {
            var report = Written(format, _result, ReportStyle.Plain with { Verbose = true });

            report.ShouldContain("pasted by mistake", Case.Sensitive, format.Name);
            report.ShouldNotContain(Key(1)[12..], Case.Sensitive, format.Name);
            report.ShouldNotContain("\e[2J", Case.Sensitive, format.Name);
        }
    }

    [Fact]
    public void People_see_the_reasons_when_they_ask_for_them()
    {
        var brief = Written(new ConsoleReport(), _result, ReportStyle.Plain);
        brief.ShouldContain("Allowed (3)  1 by a comment, 1 by the configuration, 1 by the baseline; --verbose lists what, and why\n");
        brief.ShouldNotContain("docs/c.md");
        brief.ShouldContain("To put right (1)\n  atomicpay-scan.json:9: ");

        Written(new ConsoleReport(), _result, ReportStyle.Plain with { Verbose = true }).ShouldContain("docs/c.md:3:13");
        SummaryLine.Of(_result).ShouldContain(" · 3 allowed");
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var result = _result with { Suppressed = [] };

        Written(new ConsoleReport(), result, ReportStyle.Plain with { Verbose = true }).ShouldContain("Allowed (3)\n");
        Read(Sarif(result)).GetProperty<int>("suppressed").ShouldBe(3);
    }

    private static Run Read(string sarif)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(sarif));
        return SarifLog.Load(stream).Runs.ShouldHaveSingleItem();
    }
}
