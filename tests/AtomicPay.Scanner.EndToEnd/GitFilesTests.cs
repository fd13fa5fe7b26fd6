namespace AtomicPay.Scanner.EndToEnd;

/// <summary>What git keeps beside the objects, and where a repository's parts may lie.</summary>
public sealed class GitFilesTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _inConfig = TestKey.New();
    private readonly string _inHistory = TestKey.New();

    public GitFilesTests()
    {
        Directory.CreateDirectory(_workspace.PathOf("main"));
        Git("init", "--quiet", "--initial-branch=main");
        _workspace.Write("main/a.env", _inHistory);
        Git("add", "--all");
        Git("commit", "--quiet", "--message", "add");
        Git("rm", "--quiet", "a.env");
        Git("commit", "--quiet", "--message", "remove");
        Git("config", "remote.origin.url", $"https://deploy:{_inConfig}@example.com/shop.git");
    }

    [Fact]
    public async Task Without_the_working_files_the_configuration_is_scanned_all_the_same()
    {
        var run = await PublishedScanner.Scan(_workspace, "main", "--no-worktree");

        run.PathsOf(_inConfig).ShouldBe([".git/config"]);
        run.PropertiesOf(_inConfig).GetProperty("origin").GetString().ShouldBe("git-config");
        run.PathsOf(_inHistory).ShouldBe(["a.env"]);
    }

    [Fact]
    public async Task A_bare_repository_shows_its_configuration_with_and_without_working_files()
    {
        _workspace.Git("clone", "--quiet", "--bare", "main", "bare.git");
        Workspace.GitIn(_workspace.PathOf("bare.git"), "config", "remote.other.url", $"https://deploy:{_inConfig}@example.com/shop.git");

        (await PublishedScanner.Scan(_workspace, "bare.git")).PathsOf(_inConfig).ShouldBe(["config"]);
        (await PublishedScanner.Scan(_workspace, "bare.git", "--no-worktree")).PathsOf(_inConfig).ShouldBe(["config"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_linked_work_tree_is_scanned_with_all_that_its_repository_holds(bool isRelative)
    {
        var inMessage = TestKey.New();
        Git("worktree", "add", "--quiet", "--detach", "../linked");
        _workspace.Write("linked/b.env", "KEY=\n");
        Workspace.GitIn(_workspace.PathOf("linked"), "commit", "--quiet", "--allow-empty", "--message", $"use {inMessage}");
        if (isRelative)
        {
            // As git 2.48 and later write it when told to.
            _workspace.Write("linked/.git", "gitdir: ../main/.git/worktrees/linked\n");
            _workspace.Write("main/.git/worktrees/linked/gitdir", "../../../../linked/.git\n");
            Git("config", "extensions.relativeWorktrees", "true");
            Git("config", "core.repositoryFormatVersion", "1");
        }

        foreach (var option in (string[])["--no-images", "--no-worktree"])
        {
            var run = await PublishedScanner.Scan(_workspace, "linked", option);
            run.PathsOf(_inConfig).ShouldBe([".git/config"]);
            run.PathsOf(_inHistory).ShouldBe(["a.env"]);
            run.Output.ShouldContain(TestKey.Sha256(inMessage));
        }

        (await PublishedScanner.Scan(_workspace, "linked", "--range", "HEAD~3..HEAD~1")).ExitCode.ShouldBe(2, "HEAD~3 is before the first commit");
        (await PublishedScanner.Scan(_workspace, "linked", "--range", "HEAD~1..HEAD")).Output.ShouldContain(TestKey.Sha256(inMessage));
        (await PublishedScanner.Scan(_workspace, "linked", "--staged")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_linked_work_tree_below_the_scanned_folder_brings_its_history()
    {
        Git("worktree", "add", "--quiet", "--detach", "../box/linked");
        var run = await PublishedScanner.Scan(_workspace, "box");

        run.PathsOf(_inHistory).ShouldBe(["linked/a.env"]);
        run.PathsOf(_inConfig).ShouldBe(["linked/.git/config"]);
    }

    public void Dispose() => _workspace.Dispose();

    private string Git(params string[] arguments) => Workspace.GitIn(_workspace.PathOf("main"), arguments);
}
