using System.Text.Json;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Json;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class JsonLinesReportTests
{
    [Fact]
    public void Every_line_is_an_object_and_the_last_one_sums_up()
    {
        var lines = Read(Result(Finding(Text("a.env")), Finding(Text("b.env"), Secret(2))) with { Skipped = [new Skipped(new Origin.File("c.zip"), "is encrypted")] });

        lines.Select(Type).ShouldBe(["finding", "finding", "skipped", "summary"]);
        lines[2].GetProperty("path").GetString().ShouldBe("c.zip");
        lines[2].GetProperty("reason").GetString().ShouldBe("is encrypted");
        var summary = lines[^1];
        summary.GetProperty("keys").GetInt32().ShouldBe(2);
        summary.GetProperty("complete").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void A_finding_says_where_and_since_when()
    {
        var finding = Read(Result(Finding(Text("deploy/.env", kind: PlaceKind.History, exposure: Removed, decodedBy: ["zip", "base64"]), others: Picture("docs/a.png"))))[0];

        finding.GetProperty("secretSha256").GetString().ShouldBe(Secret().Sha256);
        finding.GetProperty("path").GetString().ShouldBe("deploy/.env");
        finding.GetProperty("startLine").GetInt32().ShouldBe(3);
        finding.GetProperty("origin").GetString().ShouldBe("history");
        finding.GetProperty("decodedBy").EnumerateArray().Select(step => step.GetString()).ShouldBe(["zip", "base64"]);
        finding.GetProperty("commit").GetString().ShouldBe(FirstCommit.ToString());
        finding.GetProperty("removedIn").GetString().ShouldBe(RemovingCommit.ToString());
        var other = finding.GetProperty("otherPlaces").EnumerateArray().ShouldHaveSingleItem();
        other.GetProperty("bbox").EnumerateArray().Select(n => n.GetInt32()).ShouldBe([120, 66, 412, 18]);
    }

    [Fact]
    public void No_key_stands_in_it()
    {
        var path = $"keys/{Key(1)}.txt";

        Written(new JsonLinesReport(), Result(Finding(Text(path))), ReportStyle.Plain).ShouldNotContain(Key(1));
    }

    private static string? Type(JsonElement line) => line.GetProperty("type").GetString();

    private static List<JsonElement> Read(ScanResult result) =>
        [.. Written(new JsonLinesReport(), result, ReportStyle.Plain).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
}
