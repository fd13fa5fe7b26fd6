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

    public void Dispose() => _workspace.Dispose();
}
