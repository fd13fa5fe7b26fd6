using AtomicPay.Scanner.Api.Revoking;

namespace AtomicPay.Scanner.Tests.Api;

public sealed class SurroundingsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Keys_are_revoked_from_a_shell() => Refusal([]).ShouldBeNull();

    [Theory]
    [InlineData("GIT_INDEX_FILE", ".git/index")]
    [InlineData("PRE_COMMIT", "1")]
    public void A_commit_hook_revokes_nothing(string name, string value) => Refusal(new() { [name] = value })!.ShouldContain("hook");

    [Theory]
    [InlineData("pull_request", """{"repository":{"full_name":"shop/web"},"pull_request":{"head":{"repo":{"full_name":"shop/web"}}}}""", true)]
    [InlineData("pull_request", """{"repository":{"full_name":"shop/web"},"pull_request":{"head":{"repo":{"full_name":"stranger/web"}}}}""", false)]
    [InlineData("pull_request_target", """{"repository":{"full_name":"shop/web"},"pull_request":{"head":{"repo":{"full_name":"stranger/web"}}}}""", false)]
    [InlineData("pull_request_target", """{"repository":{"full_name":"shop/web"},"pull_request":{"head":{"repo":null}}}""", false)]
    [InlineData("workflow_run", """{"repository":{"full_name":"shop/web"},"workflow_run":{"head_repository":{"full_name":"stranger/web"}}}""", false)]
    [InlineData("workflow_run", """{"repository":{"full_name":"shop/web"},"workflow_run":{"head_repository":{"full_name":"shop/web"}}}""", true)]
    [InlineData("pull_request", "{", false)]
    [InlineData("pull_request", "[]", false)]
    [InlineData("push", "{}", true)]
    [InlineData("schedule", "{}", true)]
    public void A_pull_request_revokes_only_when_it_is_known_not_to_come_from_a_fork(string name, string payload, bool isAllowed)
    {
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_EVENT_NAME"] = name,
            ["GITHUB_EVENT_PATH"] = _workspace.Write("event.json", payload),
        };

        (Refusal(variables) is null).ShouldBe(isAllowed);
        variables["GITHUB_EVENT_PATH"] = _workspace.PathOf("gone.json");
        (Refusal(variables) is null).ShouldBe(isAllowed && !name.StartsWith("pull_request", StringComparison.Ordinal) && name != "workflow_run");
    }

    [Fact]
    public void So_does_a_merge_request()
    {
        Refusal(new() { ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = "1", ["CI_MERGE_REQUEST_PROJECT_ID"] = "2" }).ShouldNotBeNull();
        Refusal(new() { ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = "1", ["CI_MERGE_REQUEST_PROJECT_ID"] = "1" }).ShouldBeNull();
    }

    public void Dispose() => _workspace.Dispose();

    private static string? Refusal(Dictionary<string, string> variables) => Surroundings.Refusal(variables.GetValueOrDefault);
}
