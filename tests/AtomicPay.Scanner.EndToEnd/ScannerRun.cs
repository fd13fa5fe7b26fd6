using System.Collections.Immutable;
using System.Text.Json;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>What a run of the published binary left behind.</summary>
internal sealed record ScannerRun(int ExitCode, string Output, string Error)
{
    /// <summary>The SARIF results that count, when the run was asked for SARIF on standard output.</summary>
    public ImmutableArray<JsonElement> Results => [.. AllResults.Where(r => !r.TryGetProperty("suppressions", out _))];

    /// <summary>What is allowed: the path, and how it is suppressed.</summary>
    public ImmutableArray<(string Path, string Kind, string Justification)> Suppressed =>
    [
        .. AllResults.Where(r => r.TryGetProperty("suppressions", out _)).Select(r => (
            PathOf(r),
            r.GetProperty("suppressions")[0].GetProperty("kind").GetString()!,
            r.GetProperty("suppressions")[0].GetProperty("justification").GetString()!)),
    ];

    /// <summary>The sentences about what was not scanned.</summary>
    public ImmutableArray<string> NotScanned =>
    [
        .. Invocation.TryGetProperty("toolExecutionNotifications", out var notifications)
            ? notifications.EnumerateArray().Select(n => n.GetProperty("message").GetProperty("text").GetString()!)
            : [],
    ];

    public bool ExecutionSuccessful => Invocation.GetProperty("executionSuccessful").GetBoolean();

    private IEnumerable<JsonElement> AllResults => Sarif.GetProperty("results").EnumerateArray();

    private JsonElement Sarif => JsonDocument.Parse(Output).RootElement.GetProperty("runs")[0];

    private JsonElement Invocation => Sarif.GetProperty("invocations")[0];

    public ImmutableArray<string> PathsOf(string key) =>
    [
        .. Results.Where(r => r.GetProperty("properties").GetProperty("secretSha256").GetString() == TestKey.Sha256(key))
            .Select(PathOf),
    ];

    public JsonElement PropertiesOf(string key) =>
        Results.Single(r => r.GetProperty("properties").GetProperty("secretSha256").GetString() == TestKey.Sha256(key)).GetProperty("properties");

    private static string PathOf(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
}
