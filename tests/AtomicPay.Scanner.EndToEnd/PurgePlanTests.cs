using System.Text;
using AtomicPay.Scanner.Tests.Images;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Plans to take keys out of a history: written by the published binary, followed with the real git filter-repo.</summary>
public sealed class PurgePlanTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public PurgePlanTests() => _workspace.NewRepository();

    [Fact]
    public async Task Whoever_follows_the_plan_has_a_history_without_keys()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git-filter-repo"), "needs Debian's git-filter-repo");
        CommitKeysOfEveryKind();
        var before = _workspace.Git("log", "--format=%ad %ae", "--date=raw", "main");
        var kept = _workspace.Git("rev-parse", "main:src/kept.txt");
        await Plan();

        // A server, as a branch that is checked out cannot be pushed to.
        Workspace.GitIn(_workspace.Root, "config", "core.bare", "true");
        var steps = await Follow();

        steps.ExitCode.ShouldBe(0, steps.Output + steps.Error);
        steps.Output.ShouldContain("No leaked key found.");
        _workspace.Git("config", "core.bare", "false");
        // What a server does not have: the last message as it was typed, and the index of a work tree, whose objects git does not throw away.
        File.Delete(_workspace.PathOf(".git/COMMIT_EDITMSG"));
        _workspace.Git("read-tree", "main");
        _workspace.Git("reflog", "expire", "--expire=now", "--all");
        _workspace.Git("gc", "--quiet", "--prune=now");
        var clean = await PublishedScanner.Scan(_workspace, "--no-worktree");
        clean.Results.Select(result => result.GetRawText()).ShouldBeEmpty();
        clean.ExitCode.ShouldBe(0);

        // What holds no key is as it was, and nobody's commit got lost.
        _workspace.Git("rev-parse", "main:src/kept.txt").ShouldBe(kept);
        _workspace.Git("log", "--format=%ad %ae", "--date=raw", "main").ShouldBe(before);
        _workspace.Git("show", "main:src/edited.txt").ShouldBe("first line\nKEY=" + new string('*', 46) + "\nlast line");
    }

    [Fact]
    public async Task The_plan_spells_no_key_and_changes_nothing()
    {
        CommitKeysOfEveryKind();
        var refs = _workspace.Git("for-each-ref");
        await Plan();

        using var elsewhere = new Workspace();
        foreach (var file in new[] { "plan.md", "plan_filter.py" })
        {
            elsewhere.Write(file, await File.ReadAllBytesAsync(PlanPath(file), TestContext.Current.CancellationToken));
        }

        (await PublishedScanner.Scan(elsewhere, ".")).Results.ShouldBeEmpty();
        _workspace.Git("for-each-ref").ShouldBe(refs);
        var plan = await File.ReadAllTextAsync(PlanPath("plan.md"), TestContext.Current.CancellationToken);
        plan.IndexOf("Revoke first", StringComparison.Ordinal).ShouldBeInRange(0, plan.IndexOf("git filter-repo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_allowed_stays()
    {
        _workspace.Write("docs/example.md", $"{TestKey.New()} <!-- atomicpay-scan:allow -->\n");
        _workspace.Commit("docs");
        await Plan();

        (await File.ReadAllTextAsync(PlanPath("plan.md"), TestContext.Current.CancellationToken)).ShouldContain("nothing to purge");
        File.Exists(PlanPath("plan_filter.py")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--staged")]
    [InlineData("--no-history")]
    public async Task A_plan_needs_all_of_the_history(string option)
    {
        var run = await PublishedScanner.Run(_workspace.Root, "scan", option, "--purge-plan", PlanPath("plan.md"));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--purge-plan");
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Beside the repository's objects: no part of what is scanned in its working files.</summary>
    private string PlanPath(string name) => _workspace.PathOf($".git/plan/{name}");

    private void CommitKeysOfEveryKind()
    {
        var named = TestKey.New();
        _workspace.Write("src/kept.txt", "nothing to see\n");
        _workspace.Write("src/edited.txt", $"first line\nKEY={TestKey.New()}\nlast line\n");
        _workspace.Write("deploy/secret.yaml", $"key: {Convert.ToBase64String(Encoding.UTF8.GetBytes(TestKey.New()))}\n");
        _workspace.Write("win/settings.ini", Encoding.Unicode.GetBytes($"[api]\r\nkey={TestKey.New()}\r\nretries=3\r\n"));
        var split = TestKey.New();
        _workspace.Write("src/split.js", $"const key = \"{split[..20]}\" +\n  \"{split[20..]}\";\n");
        _workspace.Commit("texts");
        _workspace.Write("backup.zip", Zipped.Of("inner/.env", $"KEY={TestKey.New()}\n"));
        _workspace.Write($"{named}/notes {named}.txt", "a key in a name\n");
        if (DrawnPicture.IsPossible)
        {
            _workspace.Write("docs/setup.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(seed: 9)}"));
        }

        _workspace.Commit("packed");
        File.Delete(_workspace.PathOf("backup.zip"));
        _workspace.Commit($"use {TestKey.New()} from now on");
        _workspace.Git("tag", "--annotate", "--message", $"released with {TestKey.New()}", "v1");
        _workspace.Git("branch", TestKey.New());
        _workspace.Git("-c", $"user.name={TestKey.New()}", "notes", "add", "--message", $"see {TestKey.New()}", "HEAD");
    }

    private async Task Plan()
    {
        Directory.CreateDirectory(PlanPath("."));
        (await PublishedScanner.Run(_workspace.Root, "scan", "--quiet", "--purge-plan", PlanPath("plan.md"))).ExitCode.ShouldBeInRange(0, 1);
    }

    /// <summary>Types what stands in the plan, from the first step to the last.</summary>
    private async Task<ScannerRun> Follow()
    {
        var steps = new StringBuilder("set -e\n");
        var isCommand = false;
        foreach (var line in await File.ReadAllLinesAsync(PlanPath("plan.md"), TestContext.Current.CancellationToken))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCommand = line == "```sh";
            }
            else if (isCommand)
            {
                steps.Append(line).Append('\n');
            }
        }

        using var typed = new Workspace();
        foreach (var file in new[] { "plan.md", "plan_filter.py" })
        {
            File.Copy(PlanPath(file), typed.PathOf(file));
        }

        var result = await CliWrap.Cli.Wrap("/bin/sh").WithArguments(["-c", steps.ToString()]).WithWorkingDirectory(typed.Root)
            .WithEnvironmentVariables(variables => variables
                .Set("GIT_CONFIG_GLOBAL", "/dev/null")
                .Set("PATH", $"{Path.GetDirectoryName(PublishedScanner.Binary)}:{Environment.GetEnvironmentVariable("PATH")}"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return new ScannerRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
