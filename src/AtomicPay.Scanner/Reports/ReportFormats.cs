using System.Collections.Immutable;
using AtomicPay.Scanner.Reports.GitHub;
using AtomicPay.Scanner.Reports.Html;
using AtomicPay.Scanner.Reports.Json;
using AtomicPay.Scanner.Reports.JUnit;
using AtomicPay.Scanner.Reports.Sarif;
using AtomicPay.Scanner.Reports.Terminal;

namespace AtomicPay.Scanner.Reports;

/// <summary>The report formats, by name.</summary>
internal static class ReportFormats
{
    /// <summary>Every format, in the order in which the help lists them; the first is the default.</summary>
    public static ImmutableArray<IReportFormat> All { get; } = [new ConsoleReport(), new HtmlReport(), new SarifReport(), new JsonLinesReport(), new JUnitReport(), new AnnotationReport(), new SummaryReport()];

    /// <summary>The format with that name, or null.</summary>
    public static IReportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
