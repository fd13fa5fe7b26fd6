using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>A repository on a server, somebody who pushes to it, and the checkout of a workflow that runs the action's scripts.</summary>
internal sealed class GitHubWorkflow : IDisposable
{
    public const string Zeros = "0000000000000000000000000000000000000000";

    private readonly Workspace _workspace = new();

    public GitHubWorkflow()
    {
        Directory.CreateDirectory(Server);
        Directory.CreateDirectory(Author);
        Directory.CreateDirectory(Checkout);
        Workspace.GitIn(Server, "init", "--quiet", "--bare", "--initial-branch=main");
        // As GitHub does: whatever a ref reaches can be fetched by its id.
        Workspace.GitIn(Server, "config", "uploadpack.allowAnySHA1InWant", "true");
        Workspace.GitIn(Author, "init", "--quiet", "--initial-branch=main");
        Workspace.GitIn(Author, "remote", "add", "origin", Server);
    }

    public string Server => _workspace.PathOf("server.git");

    public string Author => _workspace.PathOf("author");

    public string Checkout => _workspace.PathOf("checkout");

    /// <summary>The inputs of the action, as scripts read them.</summary>
    public Dictionary<string, string> Inputs { get; } = [];

    public string Git(params string[] arguments) => Workspace.GitIn(Author, arguments);

    /// <summary>Commits a file, pushes nothing; says the commit's id.</summary>
    public string Commit(string path, string text) => Commit(path, Encoding.UTF8.GetBytes(text));

    public string Commit(string path, byte[] content)
    {
        var file = Path.Combine(Author, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        Git("add", "--all");
        Git("commit", "--quiet", "--message", path);
        return Head;
    }

    public string Head => Git("rev-parse", "HEAD");

    public void Branch(string name, string? at = null) => Git(["checkout", "--quiet", "-b", name, .. at is null ? Array.Empty<string>() : [at]]);

    public void Push(params string[] refs) => Git(["push", "--quiet", "--force", "origin", .. refs]);

    /// <summary>Opens a pull request of a commit into main and runs the action on it.</summary>
    public Task<ActionRun> PullRequest(string head, string eventName = "pull_request", bool fork = false, int depth = 1)
    {
        var baseCommit = Workspace.GitIn(Server, "rev-parse", "refs/heads/main");
        Push($"{head}:refs/pull/7/head");
        Git("checkout", "--quiet", "--detach", baseCommit);
        try
        {
            Git("merge", "--quiet", "--no-edit", "--allow-unrelated-histories", head);
        }
        catch (CliWrap.Exceptions.CommandExecutionException)
        {
            // In conflict: GitHub makes no merge commit then, and the workflow checks out the head.
            Git("reset", "--quiet", "--hard", head);
        }

        Push("HEAD:refs/pull/7/merge");
        CheckOut(eventName == "pull_request_target" ? "refs/heads/main" : "refs/pull/7/merge", depth);
        return Run(eventName, "refs/pull/7/merge", new JsonObject
        {
            ["pull_request"] = new JsonObject
            {
                ["number"] = 7,
                ["base"] = new JsonObject { ["sha"] = baseCommit, ["ref"] = "main", ["repo"] = new JsonObject { ["full_name"] = "shop/shop" } },
                ["head"] = new JsonObject { ["sha"] = head, ["ref"] = "topic", ["repo"] = new JsonObject { ["full_name"] = fork ? "stranger/shop" : "shop/shop" } },
            },
        });
    }

    /// <summary>Runs the action on a push that was made before.</summary>
    public Task<ActionRun> Pushed(string reference, string before, string after, int depth = 1)
    {
        if (after != Zeros)
        {
            CheckOut(reference, depth);
        }
        else
        {
            CheckOut("refs/heads/main", depth);
        }

        return Run("push", reference, new JsonObject { ["ref"] = reference, ["before"] = before, ["after"] = after });
    }

    public Task<ActionRun> MergeGroup(string baseCommit, string head)
    {
        Push($"{head}:refs/heads/gh-readonly-queue/main/pr-7");
        CheckOut("refs/heads/gh-readonly-queue/main/pr-7", depth: 1);
        return Run("merge_group", "refs/heads/gh-readonly-queue/main/pr-7", new JsonObject
        {
            ["merge_group"] = new JsonObject
            {
                ["base_sha"] = baseCommit, ["base_ref"] = "refs/heads/main", ["head_sha"] = head, ["head_ref"] = "refs/heads/gh-readonly-queue/main/pr-7",
            },
        });
    }

    /// <summary>Runs the action on an event that brings no commits.</summary>
    public Task<ActionRun> On(string eventName)
    {
        CheckOut("refs/heads/main", depth: 1);
        return Run(eventName, "refs/heads/main", []);
    }

    /// <summary>Takes the server away after the checkout, as where its credentials were not kept.</summary>
    public void LoseServer() => _loseServer = true;

    public void Dispose() => _workspace.Dispose();

    private bool _loseServer;

    /// <summary>As actions/checkout does: one ref, with a bounded depth.</summary>
    private void CheckOut(string reference, int depth)
    {
        // Each run has a machine of its own.
        Directory.Delete(Checkout, recursive: true);
        Directory.CreateDirectory(Checkout);
        Workspace.GitIn(Checkout, "init", "--quiet", "--initial-branch=main");
        Workspace.GitIn(Checkout, "remote", "add", "origin", $"file://{Server}");
        var isBranch = reference.StartsWith("refs/heads/", StringComparison.Ordinal);
        var local = isBranch ? reference.Replace("refs/heads/", "refs/remotes/origin/", StringComparison.Ordinal) : "refs/remotes/checked-out";
        string[] limit = depth == 0 ? [] : [$"--depth={depth}"];
        Workspace.GitIn(Checkout, ["fetch", "--quiet", "--no-tags", .. limit, "origin", $"+{reference}:{local}"]);
        Workspace.GitIn(Checkout, isBranch ? ["checkout", "--quiet", "--force", "-B", reference["refs/heads/".Length..], local] : ["checkout", "--quiet", "--force", "--detach", local]);
    }

    private async Task<ActionRun> Run(string eventName, string reference, JsonObject payload)
    {
        if (_loseServer)
        {
            Directory.Move(Server, Server + ".gone");
        }

        var (output, summary) = (_workspace.Write("output", ""), _workspace.Write("summary", ""));
        var result = await CliWrap.Cli.Wrap(Path.Combine(Testing.Checkout.Root, ".github/action/scan.sh"))
            .WithWorkingDirectory(Checkout)
            .WithEnvironmentVariables(variables =>
            {
                variables
                    .Set("SCANNER", PublishedScanner.Binary)
                    .Set("GITHUB_EVENT_NAME", eventName)
                    .Set("GITHUB_EVENT_PATH", _workspace.Write("event.json", payload.ToJsonString()))
                    .Set("GITHUB_REF", reference)
                    .Set("GITHUB_OUTPUT", output)
                    .Set("GITHUB_STEP_SUMMARY", summary)
                    .Set("RUNNER_TEMP", _workspace.Root)
                    .Set("XDG_CACHE_HOME", _workspace.PathOf("cache"))
                    .Set("GIT_CONFIG_GLOBAL", "/dev/null");
                foreach (var (name, value) in Inputs)
                {
                    variables.Set(name, value);
                }
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe(0, result.StandardError);
        var outputs = (await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken)).Select(line => line.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var sarif = outputs["sarif-file"].Length == 0 ? null : await File.ReadAllTextAsync(Path.Combine(Checkout, outputs["sarif-file"]), TestContext.Current.CancellationToken);
        return new ActionRun(outputs, result.StandardOutput, result.StandardError, await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), sarif);
    }
}
