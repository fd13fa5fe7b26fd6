using System.Globalization;
using System.Text.Json;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>How the scan went, as a SARIF invocation: complete or not, and what is missing. Says nothing about the machine.</summary>
internal static class SarifInvocation
{
    /// <summary>A hostile repository can hold any number of broken archives; the rest is counted.</summary>
    public const int MaxSkippedListed = 10_000;

    private const string NotScanned = "not-scanned";
    private const string Interrupted = "interrupted";
    private const string TooManyResults = "too-many-results";

    private const string ToPutRight = "configuration";

    private static readonly (string Id, string Text)[] _descriptors =
    [
        (NotScanned, "Something that was asked for could not be scanned."),
        (Interrupted, "The scan was stopped before its end."),
        (TooManyResults, "The report leaves out results, because viewers show no more."),
        (ToPutRight, "A file that says what is allowed should be put right."),
    ];

    /// <summary>What the notifications refer to, inside the open <c>driver</c>.</summary>
    public static void WriteDescriptors(Utf8JsonWriter json)
    {
        json.WriteStartArray("notifications");
        foreach (var (id, text) in _descriptors)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, ScanResult result, Redaction redaction)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", result.IsComplete);
        json.WriteStartArray("toolExecutionNotifications");
        if (result.Interrupted)
        {
            WriteNotification(json, Interrupted, "error", "The scan was interrupted: this report holds what was found until then.", path: null);
        }

        if (result.Findings.Length > SarifReport.MaxResults)
        {
            WriteNotification(json, TooManyResults, "warning", string.Create(CultureInfo.InvariantCulture, $"{result.Findings.Length} results were found; this report holds the {SarifReport.MaxResults} most severe, which is as many as code scanning shows. The other report formats hold them all."), path: null);
        }

        WriteSkipped(json, result, redaction);
        foreach (var warning in result.Warnings)
        {
            WriteNotification(json, ToPutRight, "note", redaction.Show(warning), path: null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSkipped(Utf8JsonWriter json, ScanResult result, Redaction redaction)
    {
        foreach (var skipped in result.Skipped.Take(MaxSkippedListed))
        {
            WriteNotification(json, NotScanned, "warning", $"Not scanned: {redaction.Show(skipped.Origin.ToString())}: {redaction.ShowReason(skipped.Reason)}.", MaskedPath(skipped.Origin, redaction));
        }

        if (result.Skipped.Length > MaxSkippedListed)
        {
            WriteNotification(json, NotScanned, "error", string.Create(CultureInfo.InvariantCulture, $"Not scanned: {result.Skipped.Length} things in all, of which the first {MaxSkippedListed} are listed."), path: null);
        }
    }

    private static string? MaskedPath(Origin origin, Redaction redaction) =>
        OriginPath.Of(origin) is { Length: > 0 } path ? redaction.Mask(path) : null;

    private static void WriteNotification(Utf8JsonWriter json, string id, string level, string text, string? path)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", id);
        json.WriteNumber("index", Array.FindIndex(_descriptors, descriptor => descriptor.Id == id));
        json.WriteEndObject();
        json.WriteString("level", level);
        json.WriteStartObject("message");
        json.WriteString("text", text.Replace("](", "] (", StringComparison.Ordinal));
        json.WriteEndObject();
        if (path is not null)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", SarifUri.Of(path));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
