using System.Text.Encodings.Web;
using System.Text.Json;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Json;

/// <summary>
/// JSON Lines (jsonlines.org): one object a line, each with a <c>type</c>. First the findings, then those that are allowed, what
/// was not scanned, what to put right, and one summary; so that a reader can start before the end, and knows that it saw the end.
/// </summary>
internal sealed class JsonLinesReport : IReportFormat
{
    private static readonly JsonWriterOptions _options = new()
    {
        // A file of its own, never part of a web page, and people do read it: keep "é" and "'" as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Name => "json";

    public string Purpose => "JSON Lines: a finding a line, then what was not scanned, then a summary";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        using var json = new Utf8JsonWriter(output, _options);
        var properties = new PlaceProperties(json, redaction);
        foreach (var finding in result.Findings.Order(FindingOrder.Instance))
        {
            WriteLine("finding", () => WriteFinding(json, finding, properties, redaction));
        }

        foreach (var (finding, suppression) in result.Suppressed.OrderBy(s => s.Finding, FindingOrder.Instance))
        {
            WriteLine("suppressed", () =>
            {
                WriteFinding(json, finding, properties, redaction);
                json.WriteString("suppressedBy", suppression.Kind.ToString().ToLowerInvariant());
                json.WriteString("justification", redaction.Show(suppression.ToString()));
            });
        }

        foreach (var skipped in result.Skipped)
        {
            WriteLine("skipped", () => WriteSkipped(json, skipped, redaction));
        }

        foreach (var warning in result.Warnings)
        {
            WriteLine("warning", () => json.WriteString("message", redaction.Show(warning)));
        }

        WriteLine("summary", () => WriteSummary(json, result));

        void WriteLine(string type, Action write)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            write();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
        }
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, PlaceProperties properties, Redaction redaction)
    {
        json.WriteString("ruleId", redaction.Show(finding.Rule.Id));
        json.WriteString("rule", redaction.Show(finding.Rule.Name));
        json.WriteString("severity", finding.Gravity.Name);
        json.WriteString("secretSha256", finding.Secret.Sha256);
        json.WriteString("redacted", DisplayText.Line(finding.Secret.Redacted));
        VerificationProperties.Write(json, redaction, finding);
        WritePlace(json, finding.Place, properties, redaction);
        json.WriteNumber("otherPlaceCount", finding.OtherPlaceCount);
        json.WriteStartArray("otherPlaces");
        foreach (var place in finding.OtherPlaces)
        {
            json.WriteStartObject();
            WritePlace(json, place, properties, redaction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, Place place, PlaceProperties properties, Redaction redaction)
    {
        json.WriteString("path", redaction.Show(place.Path));
        if (place.Region is { } region)
        {
            json.WriteNumber("startLine", region.StartLine);
            json.WriteNumber("startColumn", region.StartColumn);
            json.WriteNumber("endLine", region.EndLine);
            json.WriteNumber("endColumn", region.EndColumn);
            json.WriteNumber("byteOffset", region.ByteOffset);
            json.WriteNumber("byteLength", region.ByteLength);
        }

        properties.Write(place);
    }

    private static void WriteSkipped(Utf8JsonWriter json, Skipped skipped, Redaction redaction)
    {
        json.WriteString("what", redaction.Show(skipped.Origin.ToString()));
        if (OriginPath.Of(skipped.Origin) is { Length: > 0 } path)
        {
            json.WriteString("path", redaction.Show(path));
        }

        json.WriteString("reason", redaction.ShowReason(skipped.Reason));
    }

    private static void WriteSummary(Utf8JsonWriter json, ScanResult result)
    {
        json.WriteString("version", ProductVersion.Text);
        json.WriteString("scope", result.Scope.ToString().ToLowerInvariant());
        json.WriteBoolean("complete", result.IsComplete);
        json.WriteBoolean("interrupted", result.Interrupted);
        json.WriteNumber("keys", result.Findings.Select(finding => finding.Secret).Distinct().Count());
        json.WriteNumber("findings", result.Findings.Length);
        json.WriteNumber("suppressed", result.SuppressedCount);
        json.WriteNumber("skipped", result.Skipped.Length);
        json.WriteNumber("files", result.Counts.Files);
        json.WriteNumber("gitObjects", result.Counts.GitObjects);
        json.WriteNumber("pictures", result.Counts.Pictures);
        json.WriteNumber("bytes", result.Counts.Bytes);
    }
}
