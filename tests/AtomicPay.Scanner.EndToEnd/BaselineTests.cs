namespace AtomicPay.Scanner.EndToEnd;

public sealed class BaselineTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    [Fact]
    public async Task What_is_written_down_is_not_reported_again_and_what_is_new_is()
    {
        _workspace.Write("src/a.env", $"KEY={_key}\n");
        var write = await Write();
        write.ExitCode.ShouldBe(0);
        write.Error.ShouldStartWith("known.txt lists 1 finding · ");
        Text.ShouldEndWith($"\n{TestKey.Sha256(_key)}  src/a.env\n");
        Text.ShouldNotContain(_key[..12]);

        var again = await PublishedScanner.Scan(_workspace, "--baseline", "known.txt");
        again.ExitCode.ShouldBe(0);
        again.Suppressed.ShouldHaveSingleItem().Kind.ShouldBe("external");

        var next = TestKey.New();
        _workspace.Write("src/a.env", $"# moved down\n\nKEY={_key}\nKEY={next}\n");
        _workspace.Write("src/b.env", $"KEY={_key}\n");
        var run = await PublishedScanner.Scan(_workspace, "--baseline", "known.txt");
        run.ExitCode.ShouldBe(1);
        run.Results.Length.ShouldBe(2);
        run.PathsOf(next).ShouldBe(["src/a.env"]);
        run.Suppressed.Select(s => s.Path).ShouldBe(["src/a.env"]);
    }

    [Fact]
    public async Task History_messages_and_names_can_be_written_down_too()
    {
        _workspace.NewRepository();
        _workspace.Write("a.env", _key);
        _workspace.Write($"{TestKey.New()}.txt", "x");
        _workspace.Commit($"use {TestKey.New()}");
        _workspace.Git("rm", "--quiet", "-r", ".");
        _workspace.Commit("oops");
        (await Write()).ExitCode.ShouldBe(0);

        var run = await PublishedScanner.Scan(_workspace, "--baseline", "known.txt");
        run.ExitCode.ShouldBe(0);
        run.Suppressed.Length.ShouldBeGreaterThanOrEqualTo(3);
        run.NotScanned.ShouldBeEmpty("no line of it is stale");
        (await PublishedScanner.Scan(_workspace, "--no-history", "known.txt")).ExitCode.ShouldBe(0, "it holds no key itself");
    }

    [Fact]
    public async Task Its_paths_start_at_the_root_of_the_repository()
    {
        _workspace.NewRepository();
        _workspace.Write("src/a.env", _key);
        _workspace.Commit("add");
        await PublishedScanner.Run(_workspace.PathOf("src"), "baseline", "-o", "../known.txt");

        Text.ShouldContain("  src/a.env\n");
        (await PublishedScanner.Scan(_workspace, "--baseline", "known.txt")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Written_anew_it_keeps_reasons_and_drops_what_is_gone()
    {
        _workspace.Write("a.env", _key);
        _workspace.Write("b.env", _key);
        _workspace.Write("known.txt", $"# ours\n{TestKey.Sha256(_key)}  a.env  # rotated, see the log of March\n{new string('0', 64)}  gone.env\n");

        var stale = await PublishedScanner.Scan(_workspace, "--baseline", "known.txt");
        stale.NotScanned.ShouldHaveSingleItem().ShouldStartWith("known.txt:3: this line of the baseline matches nothing");
        stale.Suppressed.ShouldHaveSingleItem().Justification.ShouldBe("rotated, see the log of March (known.txt:2)");

        await PublishedScanner.Run(_workspace.Root, "baseline", "--no-images", "-o", "known.txt");
        Text.ShouldContain("gone.env", Case.Sensitive, "a scan of a part does not know what is gone");
        await Write();
        Text.ShouldBe($"# ours\n{TestKey.Sha256(_key)}  a.env  # rotated, see the log of March\n{TestKey.Sha256(_key)}  b.env\n");
    }

    [Fact]
    public async Task What_is_allowed_otherwise_is_not_written_down()
    {
        _workspace.Write("a.env", $"{_key} # atomicpay-scan:allow\n");
        await Write();

        Text.ShouldNotContain(TestKey.Sha256(_key));
    }

    [Fact]
    public async Task Two_branches_that_both_write_it_anew_merge_without_a_conflict()
    {
        _workspace.NewRepository();
        _workspace.Write(".gitattributes", "known.txt merge=union\n");
        _workspace.Write("a.env", _key);
        await Write();
        _workspace.Commit("first");
        foreach (var branch in (string[])["one", "two"])
        {
            _workspace.Git("switch", "--quiet", "--create", branch, "main");
            _workspace.Write($"{branch}.env", TestKey.New());
            await Write();
            _workspace.Commit(branch);
        }

        _workspace.Git("merge", "--quiet", "--no-edit", "one");
        (await PublishedScanner.Scan(_workspace, "--baseline", "known.txt")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_scan_that_could_not_see_everything_writes_what_it_saw_and_exits_2()
    {
        _workspace.Write("a.env", _key);
        File.CreateSymbolicLink(_workspace.PathOf("broken"), "nowhere");
        (await Write()).ExitCode.ShouldBe(2);

        Text.ShouldContain(TestKey.Sha256(_key));
    }

    [Theory]
    [InlineData("baseline")]
    [InlineData("baseline", "-o", "no/such/folder/known.txt")]
    [InlineData("baseline", "-o", "not-a-baseline.txt")]
    [InlineData("--baseline", "not-a-baseline.txt")]
    public async Task Wrong_usage_exits_2_and_writes_nothing(params string[] arguments)
    {
        _workspace.Write("not-a-baseline.txt", "hello\n");
        var run = await PublishedScanner.Run(_workspace.Root, arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("atomicpay-scan: ");
        Directory.GetFiles(_workspace.Root).Length.ShouldBe(1);
        (await File.ReadAllTextAsync(_workspace.PathOf("not-a-baseline.txt"), TestContext.Current.CancellationToken)).ShouldBe("hello\n");
    }

    private string Text => File.ReadAllText(_workspace.PathOf("known.txt"));

    private Task<ScannerRun> Write() => PublishedScanner.Run(_workspace.Root, "baseline", "-o", "known.txt");

    public void Dispose() => _workspace.Dispose();
}
