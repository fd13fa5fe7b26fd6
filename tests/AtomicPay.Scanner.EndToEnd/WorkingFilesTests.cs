namespace AtomicPay.Scanner.EndToEnd;

public sealed class WorkingFilesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_folder_without_keys_is_clean()
    {
        _workspace.Write("readme.txt", "nothing to see");
        var run = await PublishedScanner.Scan(_workspace);

        run.Results.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_in_a_file_is_reported_with_path_line_and_column()
    {
        var key = TestKey.New();
        _workspace.Write("deep/er/settings.env", $"# settings\nAPI_KEY={key}\n");
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["deep/er/settings.env"]);
        var region = run.Results.Single().GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        region.GetProperty("startLine").GetInt32().ShouldBe(2);
        region.GetProperty("startColumn").GetInt32().ShouldBe(9);
        region.GetProperty("endColumn").GetInt32().ShouldBe(9 + key.Length);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("worktree");
    }

    [Fact]
    public async Task Ignored_and_untracked_files_are_scanned()
    {
        var (ignored, untracked) = (TestKey.New(), TestKey.New());
        _workspace.NewRepository();
        _workspace.Write(".gitignore", ".env\n");
        _workspace.Commit("ignore");
        _workspace.Write(".env", ignored);
        _workspace.Write("notes.txt", untracked);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(ignored).ShouldBe([".env"]);
        run.PathsOf(untracked).ShouldBe(["notes.txt"]);
    }

    [Fact]
    public async Task The_same_key_in_two_files_is_two_results_that_name_each_other()
    {
        var key = TestKey.New();
        _workspace.Write("a.txt", key);
        _workspace.Write("b.txt", key);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["a.txt", "b.txt"], ignoreOrder: true);
        run.Results.ShouldAllBe(r => r.GetProperty("relatedLocations").GetArrayLength() == 1);
    }

    [Fact]
    public async Task The_same_key_twice_in_a_file_is_one_result()
    {
        var key = TestKey.New();
        _workspace.Write("a.txt", $"{key}\n{key}\n");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["a.txt"]);
        run.Results.Single().GetProperty("relatedLocations").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Excluded_paths_are_left_out_and_included_ones_alone_are_scanned()
    {
        var (kept, excluded, other) = (TestKey.New(), TestKey.New(), TestKey.New());
        _workspace.Write("src/kept.txt", kept);
        _workspace.Write("src/vendor/lib.txt", excluded);
        _workspace.Write("docs/other.txt", other);
        var run = await PublishedScanner.Scan(_workspace, "--include", "src/**", "--exclude", "**/vendor/**");

        run.Results.Length.ShouldBe(1);
        run.PathsOf(kept).ShouldBe(["src/kept.txt"]);
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Standard_input_is_scanned()
    {
        var key = TestKey.New();
        var run = await PublishedScanner.Run(_workspace.Root, new Dictionary<string, string?>(), $"export KEY={key}\n", "-", "--report", "sarif");

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["-"]);
    }

    [Fact]
    public async Task A_key_far_into_a_file_of_two_gigabytes_is_found()
    {
        var key = TestKey.New();
        await using (var file = new FileStream(_workspace.PathOf("big.img"), FileMode.CreateNew))
        {
            file.SetLength(2L << 30);
            file.Seek(-1000, SeekOrigin.End);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"\nkey={key}\n"));
        }

        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["big.img"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_whose_name_is_not_utf8_is_scanned()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has names that are plain bytes.");
        var key = TestKey.New();
        _workspace.Write("plain.txt", key);
        await CliWrap.Cli.Wrap("sh").WithArguments(["-c", "mv plain.txt \"$(printf 'caf\\351.txt')\""]).WithWorkingDirectory(_workspace.Root)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["caf%E9.txt"]);
        await CliWrap.Cli.Wrap("sh").WithArguments(["-c", "rm *"]).WithWorkingDirectory(_workspace.Root).ExecuteAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _workspace.Dispose();
}
