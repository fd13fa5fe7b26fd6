namespace AtomicPay.Scanner.EndToEnd;

public sealed class ConfigurationTests : IDisposable
{
    private const string AllowDocs = """{ "allow": [{ "paths": ["docs/**"], "reason": "the example of the docs" }] }""";

    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    [Fact]
    public async Task A_file_at_the_root_allows_what_it_lists_and_the_report_says_where_and_why()
    {
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        _workspace.Write("docs/a.md", _key);
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(0);
        run.Suppressed.ShouldBe([("docs/a.md", "external", "the example of the docs (atomicpay-scan.json:1)")]);

        _workspace.Write("src/a.md", _key);
        var leak = await PublishedScanner.Scan(_workspace);
        leak.ExitCode.ShouldBe(1);
        leak.Results.ShouldHaveSingleItem().GetProperty("properties").GetProperty("otherPlaces").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Its_globs_start_at_the_root_of_the_repository_whichever_part_is_scanned()
    {
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        _workspace.Write("docs/deep/a.md", _key);
        _workspace.Write("src/docs/a.md", _key);
        _workspace.Commit("add");

        foreach (var (folder, path, leaks) in ((string, string[], int)[])
            [("", ["."], 1), ("", ["docs"], 0), ("", ["docs/"], 0), ("", ["docs/deep/a.md"], 0), ("docs", ["."], 0), ("docs/deep", ["a.md"], 0), ("src", ["docs"], 1), ("", ["src", "docs"], 1)])
        {
            var run = await PublishedScanner.Run(_workspace.PathOf(folder), ["scan", "--report", "sarif", "--no-history", .. path]);
            run.Results.Length.ShouldBe(leaks, $"{folder}: {string.Join(' ', path)}");
        }
    }

    [Fact]
    public async Task Nothing_is_allowed_by_its_path_where_two_folders_are_shown_by_the_same_name()
    {
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        _workspace.Write("docs/a.md", _key);
        _workspace.Write("src/docs/b.md", _key);
        foreach (var paths in (string[][])[["docs", "../docs"], ["../docs", "docs"]])
        {
            (await PublishedScanner.Run(_workspace.PathOf("src"), ["scan", "--report", "sarif", .. paths])).Results.Length.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_bare_repository_is_scanned_with_the_file_that_HEAD_has()
    {
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        _workspace.Write("docs/a.md", _key);
        _workspace.Commit("add");
        using var bare = new Workspace();
        bare.Git("clone", "--quiet", "--bare", _workspace.Root, "shop.git");

        var run = await PublishedScanner.Scan(bare, "shop.git");
        run.ExitCode.ShouldBe(0);
        run.Suppressed.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_pull_request_that_adds_a_key_and_an_entry_that_allows_it_is_still_reported()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        var main = _workspace.Commit("first");
        _workspace.Write("docs/a.md", _key);
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        _workspace.Write("known.txt", $"{TestKey.Sha256(_key)}  docs/a.md\n");
        _workspace.Commit("add");
        foreach (var arguments in (string[][])[[], ["--config", "atomicpay-scan.json"], ["--config", _workspace.PathOf("atomicpay-scan.json")], ["--baseline", "known.txt"]])
        {
            var run = await PublishedScanner.Scan(_workspace, ["--range", $"{main}..HEAD", .. arguments]);

            run.ExitCode.ShouldBe(1, string.Join(' ', arguments));
            run.PathsOf(_key).ShouldBe(["docs/a.md"]);
            run.NotScanned.Length.ShouldBe(arguments.Length == 0 ? 0 : 1);
            run.ExecutionSuccessful.ShouldBeTrue();
        }

        var full = await PublishedScanner.Scan(_workspace);
        full.ExitCode.ShouldBe(0, "on its own the commit allows it");
    }

    [Fact]
    public async Task What_the_base_of_a_range_allows_is_allowed_also_when_the_range_forbids_it()
    {
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", """{ "allow": [{ "paths": ["docs/**"], "reason": "docs" }], "baseline": "known.txt" }""");
        _workspace.Write("known.txt", $"{TestKey.Sha256(_key)}  src/a.env\n");
        var main = _workspace.Commit("first");
        _workspace.Write("docs/a.md", TestKey.New());
        _workspace.Write("src/a.env", _key);
        _workspace.Git("rm", "--quiet", "atomicpay-scan.json", "known.txt");
        _workspace.Commit("add");
        var run = await PublishedScanner.Scan(_workspace, "--range", $"{main}..HEAD");

        run.ExitCode.ShouldBe(0);
        run.Suppressed.Select(s => (s.Path, s.Justification)).ShouldBe(
            [("docs/a.md", "docs (atomicpay-scan.json:1)"), ("src/a.env", "known when the baseline was written (known.txt:1)")]);
    }

    [Fact]
    public async Task A_file_that_the_scanning_job_made_itself_counts_for_a_range()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        var main = _workspace.Commit("first");
        _workspace.Write("docs/a.md", _key);
        _workspace.Commit("add");
        _workspace.Write("job.json", AllowDocs);

        (await PublishedScanner.Scan(_workspace, "--range", $"{main}..HEAD", "--config", "job.json")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_commit_in_the_making_is_judged_by_the_file_that_is_staged_with_it()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        _workspace.Commit("first");
        _workspace.Write("docs/a.md", _key);
        _workspace.Git("add", ".");
        _workspace.Write("atomicpay-scan.json", AllowDocs);
        (await PublishedScanner.Scan(_workspace, "--staged")).ExitCode.ShouldBe(1, "an edit that is not staged would not be committed");

        _workspace.Git("add", ".");
        _workspace.Write("atomicpay-scan.json", "{}");
        var run = await PublishedScanner.Scan(_workspace, "--staged");
        run.ExitCode.ShouldBe(0);
        run.Suppressed.Length.ShouldBe(1);

        _workspace.Commit("both");
        _workspace.Git("rm", "--quiet", "--cached", "atomicpay-scan.json");
        _workspace.Write("docs/b.md", TestKey.New());
        _workspace.Git("add", "docs");
        (await PublishedScanner.Scan(_workspace, "--staged")).ExitCode.ShouldBe(1, "the commit takes the file away");
    }

    [Fact]
    public async Task A_file_that_is_found_cannot_turn_the_scan_off()
    {
        _workspace.Write("a.env", _key);
        _workspace.Write("atomicpay-scan.json", "{\n  \"failOn\": \"never\"\n}");
        var found = await PublishedScanner.Run(_workspace.Root);

        found.ExitCode.ShouldBe(2);
        found.Error.ShouldStartWith("atomicpay-scan: atomicpay-scan.json:2:13: 'failOn' counts only in a file that you name: --config atomicpay-scan.json.");
        (await PublishedScanner.Run(_workspace.Root, "--config", "atomicpay-scan.json")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_found_cannot_lead_out_of_the_repository()
    {
        using var elsewhere = new Workspace();
        elsewhere.Write("scan.json", AllowDocs);
        elsewhere.Write("known.txt", $"{TestKey.Sha256(_key)}  docs/a.md\n");
        _workspace.Write("docs/a.md", _key);
        File.CreateSymbolicLink(_workspace.PathOf("atomicpay-scan.json"), elsewhere.PathOf("scan.json"));
        var link = await PublishedScanner.Run(_workspace.Root);
        link.ExitCode.ShouldBe(2);
        link.Error.ShouldContain("atomicpay-scan.json lies behind a link");

        File.Delete(_workspace.PathOf("atomicpay-scan.json"));
        _workspace.Write("atomicpay-scan.json", """{ "baseline": "out/known.txt" }""");
        Directory.CreateSymbolicLink(_workspace.PathOf("out"), elsewhere.Root);
        (await PublishedScanner.Run(_workspace.Root)).Error.ShouldContain("out/known.txt lies behind a link");

        File.Delete(_workspace.PathOf("atomicpay-scan.json"));
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(_workspace.PathOf("atomicpay-scan.json")).ExecuteAsync(TestContext.Current.CancellationToken);
        (await PublishedScanner.Run(_workspace.Root)).Error.ShouldContain("atomicpay-scan.json is not a file");
    }

    [Fact]
    public async Task A_repository_that_anyone_could_have_put_around_the_scanned_folder_is_not_heeded()
    {
        _workspace.Write("mine/docs/a.md", _key);
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", """{ "allow": [{ "paths": ["**"], "reason": "trap" }] }""");
        File.SetUnixFileMode(_workspace.Root, (UnixFileMode)0b111_111_111);
        var run = await PublishedScanner.Scan(_workspace, "mine");

        run.ExitCode.ShouldBe(1);
        run.NotScanned.ShouldHaveSingleItem().ShouldContain("everybody may write there");
    }

    [Fact]
    public async Task Options_come_before_the_environment_and_that_before_the_file()
    {
        _workspace.Write("a.env", _key);
        _workspace.Write("job.json", """{ "failOn": "never" }""");
        var environment = new Dictionary<string, string?> { ["ATOMICPAY_SCAN_CONFIG"] = "job.json" };
        (await PublishedScanner.Run(_workspace.Root, environment, "")).ExitCode.ShouldBe(0);

        environment["ATOMICPAY_SCAN_FAIL_ON"] = "any";
        (await PublishedScanner.Run(_workspace.Root, environment, "")).ExitCode.ShouldBe(1);
        (await PublishedScanner.Run(_workspace.Root, environment, "", "--fail-on", "never")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{ "alow": [] }""", "scan.json:1:3: 'alow' is not known here; did you mean 'allow'?")]
    [InlineData("{", "scan.json:1:")]
    public async Task An_error_in_it_is_one_sentence_with_its_place_and_exit_2(string json, string beginning)
    {
        _workspace.Write("scan.json", json);
        var run = await PublishedScanner.Run(_workspace.Root, "--config", "scan.json");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith($"atomicpay-scan: {beginning}");
        run.Error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_key_in_the_wrong_place_of_it_is_not_repeated()
    {
        foreach (var json in (string[])[$$"""{ "{{_key}}": 1 }""", $$"""{ "allow": [{ "keys": ["{{_key}}"], "reason": "r" }] }""", $$"""{ "failOn": t{{_key}} }""", $$"""{ "failOn": {{_key}} }"""])
        {
            _workspace.Write("scan.json", json);
            var run = await PublishedScanner.Run(_workspace.Root, "--config", "scan.json");

            run.ExitCode.ShouldBe(2);
            run.Error.ShouldNotContain(_key[10..16], Case.Sensitive, json);
        }
    }

    [Theory]
    [InlineData("--config", "none.json")]
    [InlineData("--baseline", "none.txt")]
    [InlineData("--config", "folder")]
    public async Task A_file_that_is_named_and_cannot_be_read_is_an_error(params string[] arguments)
    {
        _workspace.Write("folder/a.txt", "clean");
        var run = await PublishedScanner.Run(_workspace.Root, arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(arguments[1]);
    }

    [Fact]
    public async Task An_entry_that_allows_nothing_is_told_of_once_the_whole_was_scanned()
    {
        _workspace.NewRepository();
        _workspace.Write("atomicpay-scan.json", """
            { "allow": [
              { "paths": ["docs/**"], "reason": "docs" },
              { "paths": ["gone/**"], "reason": "an old test" },
              { "paths": ["docs/**"], "reason": "expired", "expires": "2020-01-01" },
            ] }
            """);
        _workspace.Write("docs/a.md", _key);
        _workspace.Commit("add");
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(0);
        run.ExecutionSuccessful.ShouldBeTrue();
        run.NotScanned.Length.ShouldBe(2);
        run.NotScanned.ShouldContain(n => n.StartsWith("atomicpay-scan.json:3: this allowlist entry allows nothing", StringComparison.Ordinal));
        run.NotScanned.ShouldContain(n => n.StartsWith("atomicpay-scan.json:4: this allowlist entry expired on 2020-01-01", StringComparison.Ordinal));
        (await PublishedScanner.Run(_workspace.Root)).Output.ShouldContain("To put right (2)");

        foreach (var arguments in (string[][])[["--no-history"], ["--no-images"], ["docs"], ["--exclude", "x"], ["--staged"], ["--shard", "1/2"]])
        {
            (await PublishedScanner.Scan(_workspace, arguments)).NotScanned.ShouldNotContain(n => n.Contains("allows nothing", StringComparison.Ordinal), string.Join(' ', arguments));
        }
    }

    public void Dispose() => _workspace.Dispose();
}
