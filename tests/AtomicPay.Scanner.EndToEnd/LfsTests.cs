namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Files whose content Git LFS keeps: git itself has only a pointer to it.</summary>
public sealed class LfsTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    public LfsTests()
    {
        _workspace.NewRepository();
        _workspace.Commit("first");
    }

    [Fact]
    public async Task A_content_that_is_here_is_put_down_to_the_path_and_the_commit_of_its_pointer()
    {
        _workspace.Write("data/dump.bin", Keep($"one\nKEY={_key}\n"));
        var added = _workspace.Commit("add");
        _workspace.Write("data/dump.bin", Keep("clean"));
        var removed = _workspace.Commit("clean");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(_key).ShouldBe(["data/dump.bin"]);
        var properties = run.PropertiesOf(_key);
        properties.GetProperty("origin").GetString().ShouldBe("history");
        properties.GetProperty("commit").GetString().ShouldBe(added);
        properties.GetProperty("removedIn").GetString().ShouldBe(removed);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_content_that_is_not_here_is_said_by_its_path_and_those_of_earlier_commits_by_their_number_in_every_scan()
    {
        foreach (var text in (string[])["one", "two", "three", "four"])
        {
            _workspace.Write("a.bin", PointerTo(text));
            _workspace.Commit(text);
        }

        _workspace.Git("repack", "-adq");
        for (var scan = 1; scan <= 2; scan++)
        {
            var run = await PublishedScanner.Scan(_workspace);

            run.ExitCode.ShouldBe(2);
            run.NotScanned.Length.ShouldBe(2);
            run.NotScanned.ShouldContain(s => s.Contains("a.bin") && s.Contains("git lfs pull"));
            run.NotScanned.ShouldContain(s => s.Contains("lacks 3 contents") && s.Contains("git lfs fetch --all"));
        }

        (await PublishedScanner.Scan(_workspace, "--allow-incomplete")).ExitCode.ShouldBe(0);
        (await PublishedScanner.Scan(_workspace, "--no-history")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_content_that_no_commit_points_to_is_scanned_where_it_lies()
    {
        Keep($"KEY={_key}");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(_key).ShouldHaveSingleItem().ShouldStartWith(".git/lfs/objects/");
    }

    [Fact]
    public async Task A_range_and_what_is_staged_are_followed_to_their_contents()
    {
        var staged = TestKey.New();
        _workspace.Write("a.bin", Keep(_key));
        _workspace.Write("gone.bin", PointerTo("nowhere"));
        _workspace.Commit("add");
        _workspace.Write("b.bin", Keep(staged));
        _workspace.Git("add", "--all");

        var range = await PublishedScanner.Scan(_workspace, "--range", "HEAD~1..HEAD");
        range.PathsOf(_key).ShouldBe(["a.bin"]);
        range.NotScanned.ShouldHaveSingleItem().ShouldContain("Git LFS");
        var index = await PublishedScanner.Scan(_workspace, "--staged");
        index.PathsOf(staged).ShouldBe(["b.bin"]);
        index.Results.Length.ShouldBe(1);

        _workspace.Write("a.bin", Keep($"{_key}\nmore"));
        _workspace.Git("add", "--all");
        (await PublishedScanner.Scan(_workspace, "--staged")).PathsOf(_key).ShouldBeEmpty("the content that HEAD points to has it");
    }

    [Fact]
    public async Task The_folder_that_the_configuration_names_is_looked_into()
    {
        _workspace.Git("config", "lfs.storage", "elsewhere");
        _workspace.Write("a.bin", Keep(_key, ".git/elsewhere"));
        _workspace.Commit("add");

        (await PublishedScanner.Scan(_workspace, "--no-worktree")).PathsOf(_key).ShouldContain("a.bin");
    }

    public void Dispose() => _workspace.Dispose();

    private string Keep(string content, string store = ".git/lfs")
    {
        var oid = TestKey.Sha256(content);
        _workspace.Write($"{store}/objects/{oid[..2]}/{oid[2..4]}/{oid}", content);
        return PointerTo(content);
    }

    private static string PointerTo(string content) =>
        $"version https://git-lfs.github.com/spec/v1\noid sha256:{TestKey.Sha256(content)}\nsize {content.Length}\n";
}
