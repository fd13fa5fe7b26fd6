using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>
/// SARIF 2.1.0 as GitHub code scanning reads it. Written as a stream of tokens: a report may hold tens of thousands of results,
/// and no object model has to be kept alive for the ahead-of-time compiler.
/// </summary>
internal sealed class SarifReport : IReportFormat
{
    /// <summary>Code scanning shows no more of a run, and picks them by a severity that it computes itself; so the cut is made here, where it can be told.</summary>
    public const int MaxResults = 5_000;

    private const int FlushAt = 1 << 20;

    public const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static JsonWriterOptions JsonOptions { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        // The report is a file of its own, never part of a web page, and people do read it: keep "é" and "'" as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Name => "sarif";

    public string Purpose => "SARIF 2.1.0, for GitHub code scanning and other viewers";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        var rules = RulesOf(result);
        var findings = result.Findings.Order(FindingOrder.Instance).Take(MaxResults).ToList();
        var suppressed = result.Suppressed.OrderBy(s => s.Finding, FindingOrder.Instance).Take(MaxResults - findings.Count).ToList();

        using var json = new Utf8JsonWriter(output, JsonOptions);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        SarifTool.Write(json, rules, redaction);
        WriteAutomationDetails(json, result.Scope);
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteRedactionTokens(json);
        SarifInvocation.Write(json, result, redaction);

        var results = new SarifResult(json, redaction, findings.Count + suppressed.Count);
        json.WriteStartArray("results");
        foreach (var (finding, suppression) in findings.Select(f => (f, default(Suppression))).Concat(suppressed.Select(s => (s.Finding, (Suppression?)s.Suppression))))
        {
            results.Write(finding, rules.IndexOf(finding.Rule), suppression);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteNumber("suppressed", result.SuppressedCount);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>A rule without findings is listed too: that is how a viewer knows that it ran.</summary>
    private static ImmutableArray<Rule> RulesOf(ScanResult result) =>
        [.. result.Rules.Rules.Concat(result.Findings.Concat(result.Suppressed.Select(s => s.Finding)).Select(finding => finding.Rule)).Distinct()];

    /// <summary>
    /// A viewer closes the alerts that the next run of the same category lacks, so a scan of a part has a category of its own.
    /// The id ends in a slash: all before it is the category, and the run itself has no name, as the same input must give the same bytes.
    /// </summary>
    private static void WriteAutomationDetails(Utf8JsonWriter json, ScanScope scope)
    {
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"atomicpay-scanner/{scope.ToString().ToLowerInvariant()}/");
        json.WriteEndObject();
    }

    private static void WriteRedactionTokens(Utf8JsonWriter json)
    {
        json.WriteStartArray("redactionTokens");
        json.WriteStringValue("…");
        json.WriteEndArray();
    }
}
