namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Clones that lack some of their history: what is there is scanned, and what is not is said.</summary>
public sealed class IncompleteCloneTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    public IncompleteCloneTests()
    {
        Workspace.GitIn(Directory.CreateDirectory(_workspace.PathOf("server")).FullName, "init", "--quiet", "--initial-branch=main");
        Server("config", "uploadpack.allowFilter", "true");
        CommitOnServer("a.env", "");
        CommitOnServer("a.env", _key);
        CommitOnServer("b.env", "");
    }

    [Fact]
    public async Task A_shallow_clone_ends_as_incomplete()
    {
        _workspace.Git("clone", "--quiet", "--depth=1", $"file://{_workspace.PathOf("server")}", "clone");
        var run = await PublishedScanner.Scan(_workspace, "clone");

        run.ExitCode.ShouldBe(1);
        run.PathsOf(_key).ShouldBe(["a.env"]);
        run.ExecutionSuccessful.ShouldBeFalse();
        run.NotScanned.ShouldHaveSingleItem().ShouldContain("shallow");
    }

    [Fact]
    public async Task A_clean_shallow_clone_is_accepted_only_when_asked()
    {
        CommitOnServer("a.env", "");
        _workspace.Git("clone", "--quiet", "--depth=1", $"file://{_workspace.PathOf("server")}", "clone");

        (await PublishedScanner.Scan(_workspace, "clone")).ExitCode.ShouldBe(2);
        (await PublishedScanner.Scan(_workspace, "clone", "--allow-incomplete")).ExitCode.ShouldBe(0);
        (await PublishedScanner.Scan(_workspace, "clone", "--no-history")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_partial_clone_ends_as_incomplete()
    {
        CommitOnServer("a.env", "");
        _workspace.Git("clone", "--quiet", "--filter=blob:none", $"file://{_workspace.PathOf("server")}", "clone");
        var run = await PublishedScanner.Scan(_workspace, "clone");

        run.ExitCode.ShouldBe(2);
        run.NotScanned.ShouldHaveSingleItem().ShouldContain("partial");
        (await PublishedScanner.Scan(_workspace, "clone", "--allow-incomplete")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Grafts_and_replacements_hide_nothing()
    {
        var replaced = Server("rev-parse", "HEAD~1");
        Server("replace", replaced, Server("rev-parse", "HEAD~2"));
        _workspace.Write("server/.git/info/grafts", Server("rev-parse", "HEAD") + "\n");
        CommitOnServer("a.env", "");
        var run = await PublishedScanner.Scan(_workspace, "server");

        run.PathsOf(_key).ShouldBe(["a.env"]);
        run.PropertiesOf(_key).GetProperty("origin").GetString().ShouldBe("history");
        run.PropertiesOf(_key).GetProperty("commit").GetString().ShouldBe(replaced);
        run.NotScanned.ShouldBeEmpty();
    }

    public void Dispose() => _workspace.Dispose();

    private string Server(params string[] arguments) => Workspace.GitIn(_workspace.PathOf("server"), arguments);

    private void CommitOnServer(string file, string text)
    {
        _workspace.Write($"server/{file}", text);
        Server("add", "--all");
        Server("commit", "--quiet", "--allow-empty", "--message", $"change {file}");
    }
}
