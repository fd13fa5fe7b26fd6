using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports.Sarif;
using Microsoft.CodeAnalysis.Sarif;
using NJsonSchema;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class SarifMergeTests
{
    private static readonly string _first = Sarif(Result(Finding(Text("a.env"), others: Text("z.env")), Finding(Text("b.env"), Secret(2))));
    private static readonly string _second = Sarif(Result(Finding(Text("a.env"), others: Picture("y.png")), Finding(Text("c.env"), Secret(3)))
        with { Skipped = [new Skipped(new Origin.File("d.zip"), "is encrypted")], Scope = ScanScope.History });

    [Fact]
    public void Every_key_and_path_is_there_once()
    {
        var run = Read(Merge(_first, _second));

        run.Results.Select(r => r.Locations[0].PhysicalLocation.ArtifactLocation.Uri.OriginalString).ShouldBe(["a.env", "b.env", "c.env"]);
        run.Results[0].RelatedLocations.Select(l => l.PhysicalLocation.ArtifactLocation.Uri.OriginalString).ShouldBe(["y.png", "z.env"], ignoreOrder: true);
        run.Results[0].RelatedLocations.Select(l => l.Id).ShouldBe([1, 2]);
        run.Results.ShouldAllBe(r => run.Tool.Driver.Rules[r.RuleIndex].Id == r.RuleId);
    }

    [Fact]
    public void What_one_of_them_could_not_scan_was_not_scanned()
    {
        var invocation = Read(Merge(_first, _second)).Invocations.ShouldHaveSingleItem();

        invocation.ExecutionSuccessful.ShouldBeFalse();
        invocation.ToolExecutionNotifications.ShouldHaveSingleItem().Message.Text.ShouldContain("d.zip");
    }

    [Fact]
    public void The_order_does_not_matter() => Merge(_second, _first).ShouldBe(Merge(_first, _second));

    [Fact]
    public void Merging_again_changes_nothing()
    {
        var merged = Merge(_first, _second);

        Merge(merged).ShouldBe(merged);
        Merge(merged, merged).ShouldBe(merged);
        Merge(_second, merged).ShouldBe(merged);
    }

    [Fact]
    public void Reports_of_one_category_stay_in_it_and_others_get_one_of_their_own()
    {
        Read(Merge(_first, _first)).AutomationDetails.Id.ShouldBe("atomicpay-scanner/full/");
        Read(Merge(_first, _second)).AutomationDetails.Id.ShouldBe("atomicpay-scanner/merged/");
    }

    [Fact]
    public async Task The_merged_report_follows_the_official_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json"), TestContext.Current.CancellationToken);

        schema.Validate(Merge(_first, _second)).Select(error => error.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"runs\": [{\"tool\": {\"driver\": {\"name\": \"CodeQL\"}}}]}")]
    public void What_is_no_report_of_ours_is_refused(string text) =>
        Should.Throw<SarifMergeException>(() => Merge(_first, text)).Message.ShouldContain("report 1");

    private static string Merge(params string[] reports)
    {
        using var output = new MemoryStream();
        SarifMerge.Merge(reports.Select((text, index) => ($"report {index}", (Stream)new MemoryStream(Encoding.UTF8.GetBytes(text)))), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Run Read(string report)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(report));
        return SarifLog.Load(stream).Runs.ShouldHaveSingleItem();
    }
}
