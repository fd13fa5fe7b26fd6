namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Repositories whose objects are named by SHA-256 or whose refs are kept in tables.</summary>
public sealed class RepositoryFormatTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task What_is_staged_in_a_sha_256_repository_is_scanned()
    {
        _workspace.Git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        await StagedAndRangeAreScanned();
    }

    [Fact]
    public async Task What_is_staged_in_a_repository_with_tables_of_refs_is_scanned()
    {
        Assert.SkipUnless(CanMakeTables(), "This git cannot make reftable repositories.");
        _workspace.Git("init", "--quiet", "--initial-branch=main", "--ref-format=reftable");
        var inLog = TestKey.New();
        await StagedAndRangeAreScanned();
        _workspace.Git("update-ref", "-m", $"moved for {inLog}", "refs/heads/other", "HEAD");
        var run = await PublishedScanner.Scan(_workspace);

        run.PropertiesOf(inLog).GetProperty("origin").GetString().ShouldBe("commit-message");
        run.NotScanned.ShouldBeEmpty();
    }

    public void Dispose() => _workspace.Dispose();

    private async Task StagedAndRangeAreScanned()
    {
        var (first, old, added, removed) = (TestKey.New(), TestKey.New(), TestKey.New(), TestKey.New());
        _workspace.Write("first.env", first);
        _workspace.Git("add", "--all");
        (await PublishedScanner.Scan(_workspace, "--staged")).PathsOf(first).ShouldBe(["first.env"]);
        var from = _workspace.Commit("first");
        _workspace.Write("old.env", old);
        _workspace.Write("deep/down/removed.env", removed);
        _workspace.Commit("add");
        _workspace.Write("deep/down/removed.env", "");
        _workspace.Commit("remove");
        _workspace.Git("tag", "--annotate", "v1", "--message", "v1");
        _workspace.Write("old.env", $"# moved\n{old}\n");
        _workspace.Write("added.env", added);
        _workspace.Git("add", "--all");

        var staged = await PublishedScanner.Scan(_workspace, "--staged");
        staged.PathsOf(added).ShouldBe(["added.env"]);
        staged.Results.Length.ShouldBe(1);
        foreach (var range in (string[])[$"{from}..HEAD", $"{from[..9]}..v1", "HEAD~2..main", "main~2...@", $"{new string('0', from.Length)}..refs/heads/main"])
        {
            var run = await PublishedScanner.Scan(_workspace, "--range", range);
            run.ExitCode.ShouldBe(1, range + run.Error);
            run.PathsOf(removed).ShouldBe(["deep/down/removed.env"], range);
            run.PropertiesOf(removed).GetProperty("inHead").GetBoolean().ShouldBeFalse();
        }
    }

    private bool CanMakeTables()
    {
        try
        {
            _workspace.Git("init", "--quiet", "--ref-format=reftable", "probe");
            return true;
        }
        catch (CliWrap.Exceptions.CommandExecutionException)
        {
            return false;
        }
        finally
        {
            if (Directory.Exists(_workspace.PathOf("probe")))
            {
                Directory.Delete(_workspace.PathOf("probe"), recursive: true);
            }
        }
    }
}
