namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Which commit, path and ref a key in history is put down to, whatever way it came there.</summary>
public sealed class AttributionTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    public AttributionTests()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        _workspace.Commit("base");
    }

    [Fact]
    public async Task A_merge_that_brought_the_key_itself_is_named()
    {
        Branch("side");
        _workspace.Git("merge", "--quiet", "--no-ff", "--no-commit", "side");
        _workspace.Write("evil.env", _key);
        var merge = _workspace.Commit("merge");
        var run = await ScanHistory();

        run.PathsOf(_key).ShouldBe(["evil.env"]);
        Of(run, "commit").ShouldBe(merge);
    }

    [Fact]
    public async Task A_key_that_came_through_an_octopus_merge_is_put_down_to_the_commit_that_brought_it()
    {
        Branch("one");
        Branch("three");
        _workspace.Git("switch", "--quiet", "--create", "two");
        _workspace.Write("two.env", _key);
        var brought = _workspace.Commit("two");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Git("merge", "--quiet", "--message", "octopus", "one", "two", "three");
        var run = await ScanHistory();

        Of(run, "commit").ShouldBe(brought);
        run.PropertiesOf(_key).GetProperty("inHead").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_renamed_file_is_found_at_both_paths()
    {
        _workspace.Write("old.env", _key);
        _workspace.Commit("add");
        _workspace.Git("mv", "old.env", "new.env");
        _workspace.Commit("rename");

        (await ScanHistory()).PathsOf(_key).ShouldBe(["new.env", "old.env"]);
    }

    [Fact]
    public async Task One_content_at_several_paths_is_found_at_each()
    {
        _workspace.Write("a.env", _key);
        _workspace.Write("deep/er/b.env", _key);
        _workspace.Commit("add");

        (await ScanHistory()).PathsOf(_key).ShouldBe(["a.env", "deep/er/b.env"]);
    }

    [Fact]
    public async Task Every_stash_is_read_with_its_untracked_files()
    {
        var (second, untracked) = (TestKey.New(), TestKey.New());
        _workspace.Write("README.md", _key);
        _workspace.Git("stash", "push", "--quiet");
        _workspace.Write("README.md", second);
        _workspace.Write("draft.env", untracked);
        _workspace.Git("stash", "push", "--quiet", "--include-untracked");
        var run = await ScanHistory();

        run.PathsOf(_key).ShouldBe(["README.md"]);
        run.PathsOf(second).ShouldBe(["README.md"]);
        run.PathsOf(untracked).ShouldBe(["draft.env"]);
        Of(run, "origin").ShouldBe("history");
    }

    [Fact]
    public async Task A_note_is_called_a_note()
    {
        _workspace.Git("notes", "add", "--message", _key);

        Of(await ScanHistory(), "origin").ShouldBe("note");
    }

    [Fact]
    public async Task A_tag_of_a_tag_names_the_outer_ref()
    {
        _workspace.Git("tag", "--annotate", "inner", "--message", _key);
        _workspace.Git("tag", "--annotate", "outer", "--message", "outer", "inner");
        _workspace.Git("tag", "--delete", "inner");
        var run = await ScanHistory();

        Of(run, "origin").ShouldBe("tag-message");
        Refs(run).ShouldBe(["refs/tags/outer"]);
    }

    [Theory]
    [InlineData("refs/heads/orphan")]
    [InlineData("refs/custom/x")]
    public async Task A_ref_that_shares_nothing_with_main_is_read(string reference)
    {
        _workspace.Git("switch", "--quiet", "--orphan", "elsewhere");
        _workspace.Write("a.env", _key);
        var brought = _workspace.Commit("orphan");
        _workspace.Git("update-ref", reference, brought);
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Git("branch", "--quiet", "-D", "elsewhere");
        var run = await ScanHistory();

        run.PathsOf(_key).ShouldBe(["a.env"]);
        Of(run, "commit").ShouldBe(brought);
        Refs(run).ShouldBe([reference]);
        run.PropertiesOf(_key).GetProperty("inHead").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_that_only_the_reflog_remembers_is_history_until_the_reflog_forgets_it()
    {
        _workspace.Write("a.env", _key);
        var brought = _workspace.Commit("add");
        _workspace.Git("reset", "--quiet", "--hard", "HEAD~1");
        var remembered = await ScanHistory();
        Of(remembered, "origin").ShouldBe("history");
        Of(remembered, "commit").ShouldBe(brought);

        File.Delete(_workspace.PathOf(".git/ORIG_HEAD"));
        _workspace.Git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all");
        var forgotten = await ScanHistory();
        Of(forgotten, "origin").ShouldBe("unreachable");
        Of(forgotten, "commit").ShouldBe(brought);
        forgotten.PathsOf(_key).ShouldBe(["a.env"]);
    }

    [Fact]
    public async Task What_a_branch_removed_was_removed_there_and_not_in_the_merge()
    {
        _workspace.Write("a.env", _key);
        _workspace.Commit("add");
        _workspace.Git("switch", "--quiet", "--create", "clean");
        File.Delete(_workspace.PathOf("a.env"));
        var removed = _workspace.Commit("remove");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Write("other.txt", "x\n");
        _workspace.Commit("meanwhile");
        _workspace.Git("merge", "--quiet", "--no-ff", "--message", "merge", "clean");

        Of(await ScanHistory(), "removedIn").ShouldBe(removed);
    }

    [Fact]
    public async Task A_key_that_came_back_is_in_head_since_it_first_came()
    {
        _workspace.Write("a.env", _key);
        var first = _workspace.Commit("add");
        File.Delete(_workspace.PathOf("a.env"));
        _workspace.Commit("remove");
        _workspace.Write("a.env", _key);
        _workspace.Commit("add again");
        var run = await ScanHistory();

        Of(run, "commit").ShouldBe(first);
        run.PropertiesOf(_key).GetProperty("inHead").GetBoolean().ShouldBeTrue();
        run.PropertiesOf(_key).TryGetProperty("removedIn", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_submodule_is_not_missed_content()
    {
        _workspace.Git("update-index", "--add", "--cacheinfo", $"160000,{new string('1', 40)},lib");
        _workspace.Git("commit", "--quiet", "--message", "submodule");
        var run = await ScanHistory();

        run.ExitCode.ShouldBe(0);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sha_256_repository_is_attributed_as_any_other()
    {
        using var workspace = new Workspace();
        workspace.Git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        workspace.Write($"dir/{TestKey.New()}", _key);
        var brought = workspace.Commit("add");
        var run = await PublishedScanner.Scan(workspace, "--no-worktree");

        Of(run, "commit").ShouldBe(brought);
        Refs(run).ShouldBe(["refs/heads/main"]);
        run.Results.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_linked_work_tree_is_scanned_with_the_whole_history()
    {
        _workspace.Write("a.env", _key);
        var brought = _workspace.Commit("add");
        File.Delete(_workspace.PathOf("a.env"));
        var removed = _workspace.Commit("remove");
        _workspace.Git("worktree", "add", "--quiet", "linked", "-b", "topic");
        var run = await PublishedScanner.Run(_workspace.PathOf("linked"), "scan", "--report", "sarif");

        run.PathsOf(_key).ShouldBe(["a.env"]);
        Of(run, "commit").ShouldBe(brought);
        Of(run, "removedIn").ShouldBe(removed);
    }

    [Fact]
    public async Task A_repository_of_another_user_is_scanned()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        _workspace.Write("a.env", _key);
        var brought = _workspace.Commit("add");
        await CliWrap.Cli.Wrap("chown").WithArguments(["-R", "12345", _workspace.Root]).ExecuteAsync(TestContext.Current.CancellationToken);

        Of(await ScanHistory(), "commit").ShouldBe(brought);
    }

    public void Dispose() => _workspace.Dispose();

    private Task<ScannerRun> ScanHistory() => PublishedScanner.Scan(_workspace, "--no-worktree");

    /// <summary>A branch with one commit of its own, off main.</summary>
    private void Branch(string name)
    {
        _workspace.Git("switch", "--quiet", "--create", name);
        _workspace.Write($"{name}.txt", name);
        _workspace.Commit(name);
        _workspace.Git("switch", "--quiet", "main");
    }

    private string? Of(ScannerRun run, string property) => run.PropertiesOf(_key).GetProperty(property).GetString();

    private string?[] Refs(ScannerRun run) => [.. run.PropertiesOf(_key).GetProperty("refs").EnumerateArray().Select(r => r.GetString())];
}
