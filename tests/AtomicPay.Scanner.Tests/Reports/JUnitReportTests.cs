using System.Xml.Linq;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.JUnit;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public void A_clean_scan_is_one_test_that_passed()
    {
        var suite = Read(Result());

        Count(suite, "tests").ShouldBe(1);
        Count(suite, "failures").ShouldBe(0);
        suite.Elements("testcase").ShouldHaveSingleItem().HasElements.ShouldBeFalse();
    }

    [Fact]
    public void A_finding_is_a_failure_and_what_was_not_scanned_an_error()
    {
        var suite = Read(Result(Finding(Text("a.env"))) with { Skipped = [new Skipped(new Origin.File("c.zip"), "is encrypted")], Interrupted = true });

        Count(suite, "tests").ShouldBe(3);
        Count(suite, "failures").ShouldBe(1);
        Count(suite, "errors").ShouldBe(2);
        var failed = suite.Elements("testcase").First();
        failed.Attribute("name")!.Value.ShouldBe("a.env:3:13");
        failed.Element("failure")!.Value.ShouldContain("Revoke or rotate");
        suite.Elements("testcase").Select(test => test.Element("error")?.Attribute("message")?.Value).ShouldContain("is encrypted");
    }

    [Fact]
    public void Names_that_XML_cannot_hold_do_not_break_it()
    {
        var suite = Read(Result(Finding(Text("a\u0001\uFFFE\uD800<&\">.env"))));

        suite.Elements("testcase").First().Attribute("file")!.Value.ShouldContain("<&\">.env");
    }

    private static int Count(XElement suite, string name) => (int)suite.Attribute(name)!;

    private static XElement Read(ScanResult result) =>
        XDocument.Parse(Written(new JUnitReport(), result, ReportStyle.Plain)).Root!.Element("testsuite")!;
}
