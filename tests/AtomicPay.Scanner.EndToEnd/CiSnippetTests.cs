using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The lines that the README gives to users of other servers, run as it prints them, with the variables of those servers.</summary>
public sealed partial class CiSnippetTests : IDisposable
{
    private const string Zeros = "0000000000000000000000000000000000000000";

    private readonly Workspace _workspace = new();
    private readonly string _start;
    private readonly string _key = TestKey.New();

    public CiSnippetTests()
    {
        _workspace.NewRepository();
        // Leaked long ago: no merge request is to blame for it.
        _workspace.Write("old.env", TestKey.New());
        _start = _workspace.Commit("start");
        _workspace.Git("update-ref", "refs/remotes/origin/main", _start);
        _workspace.Git("checkout", "--quiet", "-b", "topic");
    }

    [Fact]
    public async Task GitLab_scans_a_merge_request() =>
        await ShouldFindTheKeyOnly(GitLab, ("CI_MERGE_REQUEST_DIFF_BASE_SHA", _start), ("CI_COMMIT_BEFORE_SHA", Zeros), ("CI_COMMIT_SHA", Leak()));

    [Fact]
    public async Task GitLab_scans_a_push() =>
        await ShouldFindTheKeyOnly(GitLab, ("CI_COMMIT_BEFORE_SHA", _start), ("CI_COMMIT_SHA", Leak()));

    [Fact]
    public async Task GitLab_scans_the_first_push_of_a_branch() =>
        await ShouldFindTheKeyOnly(GitLab, ("CI_COMMIT_BEFORE_SHA", Zeros), ("CI_COMMIT_SHA", Leak()));

    [Fact]
    public async Task GitLab_passes_a_merge_request_without_a_key()
    {
        _workspace.Write("a.txt", "a\n");
        (await Run(GitLab, ("CI_MERGE_REQUEST_DIFF_BASE_SHA", _start), ("CI_COMMIT_SHA", _workspace.Commit("harmless")))).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Azure_scans_a_pull_request()
    {
        Leak();
        await ShouldFindTheKeyOnly(Azure, ("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"));
        await ShouldFindTheKeyOnly(Azure, ("SYSTEM_PULLREQUEST_TARGETBRANCH", "main"));
    }

    [Fact]
    public async Task Azure_scans_everything_where_there_is_no_pull_request()
    {
        Leak();
        var run = await Run(Azure);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldContain("old.env");
    }

    public void Dispose() => _workspace.Dispose();

    private static string GitLab => Snippet(GitLabLine());

    private static string Azure => Snippet(AzureLine());

    private static string Snippet(Regex line) =>
        line.Match(File.ReadAllText(Path.Combine(Checkout.Root, "README.md"))).Groups[1].Value.Trim() is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException("the README no longer has this line");

    /// <summary>Brings a key and takes it out again, as people do before they ask for a review.</summary>
    private string Leak()
    {
        _workspace.Write("new.env", _key);
        _workspace.Commit("leak");
        File.Delete(_workspace.PathOf("new.env"));
        return _workspace.Commit("oops");
    }

    private async Task ShouldFindTheKeyOnly(string script, params (string Name, string Value)[] variables)
    {
        var run = await Run(script, variables);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldContain("new.env");
        run.Output.ShouldNotContain("old.env");
        (await File.ReadAllTextAsync(_workspace.PathOf("keys.xml"), TestContext.Current.CancellationToken)).ShouldContain("failures=\"1\"");
    }

    private async Task<ScannerRun> Run(string script, params (string Name, string Value)[] variables)
    {
        var result = await CliWrap.Cli.Wrap("/bin/bash").WithArguments(["-e", "-c", script]).WithWorkingDirectory(_workspace.Root)
            .WithEnvironmentVariables(environment =>
            {
                environment.Set("PATH", $"{Path.GetDirectoryName(PublishedScanner.Binary)}:{Environment.GetEnvironmentVariable("PATH")}").Set("XDG_CACHE_HOME", _workspace.PathOf(".git/cache"));
                foreach (var (name, value) in variables)
                {
                    environment.Set(name, value);
                }
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return new ScannerRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    [GeneratedRegex(@"(?<=leaked-keys:\n) +script: (.+)")]
    private static partial Regex GitLabLine();

    [GeneratedRegex(@"- script: (.+)")]
    private static partial Regex AzureLine();
}
