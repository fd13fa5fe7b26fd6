namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Keys that are not in a file but in what it, its folder or a ref is called.</summary>
public sealed class NameTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public NameTests() => _workspace.NewRepository();

    [Fact]
    public async Task A_key_in_a_file_name_that_history_had_is_found_with_the_commits_that_brought_and_removed_it()
    {
        var key = TestKey.New();
        _workspace.Write("other.txt", "a\n");
        _workspace.Commit("base");
        _workspace.Write($"backup/{key}.txt", "a\n");
        var brought = _workspace.Commit("add");
        _workspace.Write("backup/other.txt", "b\n");
        _workspace.Commit("another version of the folder");
        File.Delete(_workspace.PathOf($"backup/{key}.txt"));
        var removed = _workspace.Commit("remove");
        _workspace.Git("gc", "--quiet");
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(1);
        run.Results.Length.ShouldBe(1);
        run.PathsOf(key).ShouldHaveSingleItem().ShouldStartWith("backup/");
        var properties = run.PropertiesOf(key);
        properties.GetProperty("origin").GetString().ShouldBe("file-name");
        properties.GetProperty("commit").GetString().ShouldBe(brought);
        properties.GetProperty("removedIn").GetString().ShouldBe(removed);
        properties.GetProperty("inHead").GetBoolean().ShouldBeFalse();
        run.Output.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_key_in_a_folder_name_says_which_folder()
    {
        var key = TestKey.New();
        _workspace.Write($"a/{key}/b/file.txt", "a\n");
        var brought = _workspace.Commit("add");
        var run = await PublishedScanner.Scan(_workspace, "--no-worktree");

        run.Results.Length.ShouldBe(1);
        run.PathsOf(key).ShouldHaveSingleItem().ShouldNotContain("/b");
        run.PropertiesOf(key).GetProperty("commit").GetString().ShouldBe(brought);
        run.PropertiesOf(key).GetProperty("inHead").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_moved_to_another_folder_is_found_at_both_paths()
    {
        var key = TestKey.New();
        _workspace.Write($"old/{key}", "a\n");
        _workspace.Commit("add");
        _workspace.Git("mv", "old", "new");
        _workspace.Commit("move");
        var run = await PublishedScanner.Scan(_workspace, "--no-worktree");

        run.PathsOf(key).Select(p => p.Split('/')[0]).ShouldBe(["new", "old"]);
    }

    [Fact]
    public async Task A_key_in_the_name_of_a_file_that_git_does_not_know_is_found()
    {
        var key = TestKey.New();
        _workspace.Write($"notes/{key}.png", "");
        var run = await PublishedScanner.Scan(_workspace);

        run.Results.Length.ShouldBe(1);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("file-name");
    }

    [Fact]
    public async Task A_tracked_file_with_a_key_in_its_name_is_one_finding()
    {
        var key = TestKey.New();
        _workspace.Write($"{key}.txt", "");
        var brought = _workspace.Commit("add");
        var run = await PublishedScanner.Scan(_workspace);

        run.Results.Length.ShouldBe(1);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("file-name");
        run.PropertiesOf(key).GetProperty("commit").GetString().ShouldBe(brought);
        run.PropertiesOf(key).GetProperty("inHead").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_in_the_names_of_branches_and_tags_are_found_once_each_packed_or_not(bool packed)
    {
        var (branch, tag) = (TestKey.New(), TestKey.New());
        _workspace.Commit("base");
        _workspace.Git("update-ref", $"refs/heads/fix/{branch}", "HEAD");
        _workspace.Git("tag", tag);
        if (packed)
        {
            _workspace.Git("pack-refs", "--all");
        }

        var run = await PublishedScanner.Scan(_workspace);

        run.Results.Length.ShouldBe(2);
        run.PathsOf(branch).ShouldHaveSingleItem().ShouldStartWith("refs/heads/fix/");
        run.PathsOf(tag).ShouldHaveSingleItem().ShouldStartWith("refs/tags/");
        run.PropertiesOf(branch).GetProperty("origin").GetString().ShouldBe("ref-name");
        run.PropertiesOf(tag).GetProperty("origin").GetString().ShouldBe("ref-name");
        (await PublishedScanner.Scan(_workspace, "--no-worktree")).Results.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_branch_that_is_checked_out_is_found_before_its_first_commit()
    {
        var key = TestKey.New();
        _workspace.Git("switch", "--quiet", "--orphan", key);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldHaveSingleItem().ShouldStartWith("refs/heads/");
    }

    public void Dispose() => _workspace.Dispose();
}
