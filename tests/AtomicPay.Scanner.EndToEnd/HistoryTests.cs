namespace AtomicPay.Scanner.EndToEnd;

public sealed class HistoryTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public HistoryTests() => _workspace.NewRepository();

    [Fact]
    public async Task A_key_that_was_removed_later_is_found_with_the_commits_that_brought_and_removed_it()
    {
        var key = TestKey.New();
        _workspace.Write("deploy/prod.env", $"KEY={key}\n");
        var brought = _workspace.Commit("add");
        _workspace.Write("deploy/prod.env", "KEY=\n");
        var removed = _workspace.Commit("remove");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["deploy/prod.env"]);
        var properties = run.PropertiesOf(key);
        properties.GetProperty("origin").GetString().ShouldBe("history");
        properties.GetProperty("commit").GetString().ShouldBe(brought);
        properties.GetProperty("removedIn").GetString().ShouldBe(removed);
        properties.GetProperty("inHead").GetBoolean().ShouldBeFalse();
        properties.GetProperty("refs").EnumerateArray().Select(r => r.GetString()).ShouldContain("refs/heads/main");
    }

    [Fact]
    public async Task A_key_that_is_still_there_says_since_when()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        var commit = _workspace.Commit("add");
        var run = await PublishedScanner.Scan(_workspace);

        run.Results.Length.ShouldBe(1);
        var properties = run.PropertiesOf(key);
        properties.GetProperty("origin").GetString().ShouldBe("worktree");
        properties.GetProperty("commit").GetString().ShouldBe(commit);
        properties.GetProperty("commitDate").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        properties.GetProperty("inHead").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_in_commit_and_tag_messages_are_found()
    {
        var (inCommit, inTag) = (TestKey.New(), TestKey.New());
        _workspace.Commit($"use the new key\n\n{inCommit}");
        _workspace.Git("tag", "--annotate", "v1", "--message", $"key is {inTag}");

        // Git leaves a copy of the last message there.
        File.Delete(_workspace.PathOf(".git/COMMIT_EDITMSG"));
        var run = await PublishedScanner.Scan(_workspace, "--no-worktree");

        run.PropertiesOf(inCommit).GetProperty("origin").GetString().ShouldBe("commit-message");
        run.PropertiesOf(inTag).GetProperty("origin").GetString().ShouldBe("tag-message");
    }

    [Fact]
    public async Task Keys_on_unmerged_branches_and_in_stashes_are_found()
    {
        var (onBranch, inStash) = (TestKey.New(), TestKey.New());
        _workspace.Write("a.txt", "a\n");
        _workspace.Commit("base");
        _workspace.Git("switch", "--quiet", "--create", "spike");
        _workspace.Write("spike.txt", onBranch);
        _workspace.Commit("spike");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Write("a.txt", inStash);
        _workspace.Git("stash", "push", "--quiet");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(onBranch).ShouldBe(["spike.txt"]);
        run.PathsOf(inStash).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task A_blob_that_no_commit_reaches_is_reported_as_unreachable()
    {
        var key = TestKey.New();
        _workspace.Commit("base");
        _workspace.Write("leak.txt", key);
        _workspace.Git("hash-object", "-w", "leak.txt");
        File.Delete(_workspace.PathOf("leak.txt"));
        var run = await PublishedScanner.Scan(_workspace);

        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("unreachable");
    }

    [Fact]
    public async Task A_version_that_was_staged_and_then_changed_again_is_in_the_index()
    {
        var key = TestKey.New();
        _workspace.Commit("base");
        _workspace.Write("config/app.env", key);
        _workspace.Git("add", ".");
        _workspace.Write("config/app.env", "");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["config/app.env"]);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("index");
    }

    [Fact]
    public async Task A_bare_repository_is_scanned()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");
        _workspace.Git("clone", "--quiet", "--bare", ".", "bare.git");
        var run = await PublishedScanner.Scan(_workspace, "bare.git");

        run.PathsOf(key).ShouldBe(["a.env"]);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("history");
    }

    [Fact]
    public async Task A_repository_below_the_scanned_folder_is_scanned_with_its_history()
    {
        var key = TestKey.New();
        var nested = Directory.CreateDirectory(_workspace.PathOf("clones/shop")).FullName;
        Workspace.GitIn(nested, "init", "--quiet", "--initial-branch=main");
        _workspace.Write("clones/shop/a.env", key);
        Workspace.GitIn(nested, "add", ".");
        Workspace.GitIn(nested, "commit", "--quiet", "--message", "add");
        File.Delete(_workspace.PathOf("clones/shop/a.env"));
        var run = await PublishedScanner.Scan(_workspace, "clones");

        run.PathsOf(key).ShouldBe(["shop/a.env"]);
    }

    [Fact]
    public async Task An_empty_repository_and_an_unborn_head_are_clean()
    {
        (await PublishedScanner.Scan(_workspace)).ExitCode.ShouldBe(0);

        _workspace.Git("switch", "--quiet", "--orphan", "unborn");
        var run = await PublishedScanner.Scan(_workspace);
        run.ExitCode.ShouldBe(0);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task History_is_left_out_when_asked()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");
        _workspace.Write("a.env", "");
        _workspace.Commit("remove");

        (await PublishedScanner.Scan(_workspace, "--no-history")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_remote_url_in_the_configuration_that_holds_a_key_is_found()
    {
        var key = TestKey.New();
        _workspace.Git("remote", "add", "origin", $"https://x:{key}@example.com/shop.git");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe([".git/config"]);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("git-config");
    }

    [Fact]
    public async Task The_repository_is_left_as_it_was()
    {
        _workspace.Write("a.env", TestKey.New());
        _workspace.Commit("add");
        var before = Snapshot();
        await PublishedScanner.Scan(_workspace);

        Snapshot().ShouldBe(before);
    }

    public void Dispose() => _workspace.Dispose();

    private string[] Snapshot() =>
    [
        .. Directory.EnumerateFiles(_workspace.Root, "*", SearchOption.AllDirectories)
            .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal),
    ];
}
