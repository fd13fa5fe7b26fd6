using System.Text.Json;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>Where nothing is ever revoked: in a commit hook, which must not have such effects, and for what a stranger's pull request brings.</summary>
internal static class Surroundings
{
    private const long LargestEvent = 32L << 20;

    /// <summary>Why nothing may be revoked here, as a sentence; null when it may.</summary>
    public static string? Refusal(Func<string, string?> variable)
    {
        // git tells every hook of a commit which index it is about; pre-commit announces itself.
        if (IsSet("GIT_INDEX_FILE") || IsSet("PRE_COMMIT"))
        {
            return "This is a commit hook, from which no key is revoked. Run atomicpay-scan revoke by itself.";
        }

        if (variable("GITHUB_ACTIONS") == "true" && variable("GITHUB_EVENT_NAME") is { } name
            && (name.StartsWith("pull_request", StringComparison.Ordinal) || name == "workflow_run")
            && !IsFromOwnRepository(variable("GITHUB_EVENT_PATH")))
        {
            return "This is a pull request from a fork, or it cannot be told where it comes from; what a stranger put into it is not a reason to revoke a key.";
        }

        return variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID") is { } source && source != variable("CI_MERGE_REQUEST_PROJECT_ID")
            ? "This is a merge request from a fork; what a stranger put into it is not a reason to revoke a key."
            : null;

        bool IsSet(string variableName) => !string.IsNullOrEmpty(variable(variableName));
    }

    private static bool IsFromOwnRepository(string? eventFile)
    {
        try
        {
            if (eventFile is null || new FileInfo(eventFile).Length > LargestEvent)
            {
                return false;
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(eventFile));
            var root = json.RootElement;
            var here = root.GetProperty("repository").GetProperty("full_name").GetString();
            var there = root.TryGetProperty("pull_request", out var request)
                ? request.GetProperty("head").GetProperty("repo").GetProperty("full_name").GetString()
                : root.GetProperty("workflow_run").GetProperty("head_repository").GetProperty("full_name").GetString();
            return here is not null && here == there;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The head repository of a deleted fork is null, for one.
            return false;
        }
    }
}
