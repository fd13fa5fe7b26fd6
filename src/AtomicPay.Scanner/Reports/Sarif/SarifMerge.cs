using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>
/// Several of our SARIF reports as one run, as code scanning wants it: one run a category. The same reports give the same bytes
/// in any order, and merging what was merged changes nothing.
/// </summary>
internal static class SarifMerge
{
    private const string Fingerprint = "atomicpayKeyAndPath/v1";
    private const string MergedCategory = "atomicpay-scanner/merged/";

    private static readonly string[] _levels = ["error", "warning", "note", "none"];

    /// <exception cref="SarifMergeException">One of them is no report of ours.</exception>
    public static void Merge(IEnumerable<(string Name, Stream Report)> reports, Stream output)
    {
        var runs = reports.SelectMany(r => RunsOf(r.Name, r.Report)).OrderBy(Text, StringComparer.Ordinal).ToList();
        if (runs.Count == 0)
        {
            throw new SarifMergeException("There is no report to merge.");
        }

        // Of several versions the rules of the last one hold: the order of texts, so that any order of reports gives the same.
        var merged = runs[^1].DeepClone().AsObject();
        var rules = runs.SelectMany(RulesOf).GroupBy(Id).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        merged["tool"]!["driver"]!["rules"] = Array(rules);
        var categories = runs.Select(r => (string?)r["automationDetails"]?["id"]).Distinct().ToList();
        merged["automationDetails"] = new JsonObject { ["id"] = categories is [{ } only] ? only : MergedCategory };
        merged["invocations"] = new JsonArray(Invocation(runs));
        var indexes = rules.Select((rule, index) => (Id: Id(rule), index)).ToDictionary(r => r.Id, r => r.index, StringComparer.Ordinal);
        merged["results"] = Array(runs.SelectMany(r => r["results"]?.AsArray() ?? []).OfType<JsonObject>()
            .GroupBy(IdentityOf).Select(g => MergeResults([.. g], indexes))
            .OrderBy(r => System.Array.IndexOf(_levels, (string?)r["level"] ?? "warning"))
            .ThenBy(UriOf, StringComparer.Ordinal).ThenBy(LineOf).ThenBy(Text, StringComparer.Ordinal));
        Write(merged, output);
    }

    private static IEnumerable<JsonObject> RunsOf(string name, Stream report)
    {
        JsonNode? document;
        try
        {
            document = JsonNode.Parse(report);
        }
        catch (JsonException exception)
        {
            throw new SarifMergeException($"{name} is no JSON: {exception.Message}", exception);
        }

        return document is JsonObject log && log["runs"] is JsonArray runs && runs.All(r => r is JsonObject run && (string?)run["tool"]?["driver"]?["name"] == "AtomicPay.Scanner")
            ? runs.OfType<JsonObject>()
            : throw new SarifMergeException($"{name} is no SARIF report of atomicpay-scan.");
    }

    private static IEnumerable<JsonNode> RulesOf(JsonObject run) => (run["tool"]?["driver"]?["rules"]?.AsArray() ?? []).OfType<JsonNode>();

    private static JsonObject Invocation(IReadOnlyCollection<JsonObject> runs)
    {
        var invocations = runs.SelectMany(r => r["invocations"]?.AsArray() ?? []).OfType<JsonObject>().ToList();
        return new JsonObject
        {
            ["executionSuccessful"] = invocations.All(i => (bool?)i["executionSuccessful"] ?? false),
            ["toolExecutionNotifications"] = Array(invocations.SelectMany(i => i["toolExecutionNotifications"]?.AsArray() ?? [])
                .OfType<JsonNode>().DistinctBy(Text).OrderBy(Text, StringComparer.Ordinal)),
        };
    }

    /// <summary>A key at a path is one result, whoever reported it.</summary>
    private static string IdentityOf(JsonObject result) => (string?)result["partialFingerprints"]?[Fingerprint] ?? Text(result);

    private static JsonObject MergeResults(IReadOnlyList<JsonObject> results, Dictionary<string, int> ruleIndexes)
    {
        var related = results.SelectMany(r => r["relatedLocations"]?.AsArray() ?? []).OfType<JsonObject>().Select(WithoutId)
            .DistinctBy(Text).OrderBy(Text, StringComparer.Ordinal).Take(SarifResult.MaxRelatedLocations).ToList();
        for (var i = 0; i < related.Count; i++)
        {
            related[i].Insert(0, "id", i + 1);
        }

        var merged = results.Select(WithoutRelated).OrderBy(Text, StringComparer.Ordinal).First();
        if (ruleIndexes.TryGetValue((string?)merged["ruleId"] ?? "", out var index))
        {
            merged["ruleIndex"] = index;
        }

        if (related.Count > 0)
        {
            merged["relatedLocations"] = Array(related);
        }

        if (merged["properties"] is JsonObject properties)
        {
            properties["otherPlaces"] = results.Max(r => Math.Max((int?)r["properties"]?["otherPlaces"] ?? 0, related.Count));
        }

        return merged;
    }

    private static JsonObject WithoutId(JsonObject location)
    {
        var copy = location.DeepClone().AsObject();
        copy.Remove("id");
        return copy;
    }

    private static JsonObject WithoutRelated(JsonObject result)
    {
        var copy = result.DeepClone().AsObject();
        copy.Remove("relatedLocations");
        return copy;
    }

    private static string Id(JsonNode rule) => (string?)rule["id"] ?? "";

    private static string UriOf(JsonObject result) => (string?)result["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"] ?? "";

    private static int LineOf(JsonObject result) => (int?)result["locations"]?[0]?["physicalLocation"]?["region"]?["startLine"] ?? 0;

    private static string Text(JsonNode node) => node.ToJsonString();

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes.Select(n => n.DeepClone())];

    private static void Write(JsonObject run, Stream output)
    {
        using var json = new Utf8JsonWriter(output, SarifReport.JsonOptions);
        json.WriteStartObject();
        json.WriteString("$schema", SarifReport.Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        run.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }
}
