using System.Text.Json;
using AtomicPay.Scanner.Tests.Images;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class StagedTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public StagedTests()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        _workspace.Commit("first");
    }

    [Fact]
    public async Task A_staged_key_is_found_with_its_line_in_the_staged_version()
    {
        var key = TestKey.New();
        _workspace.Write("src/app.env", $"# settings\nKEY={key}\n");
        _workspace.Git("add", "src/app.env");
        _workspace.Write("src/app.env", $"# one\n# two\n# three\nKEY={key}\n");
        var run = await Staged();

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["src/app.env"]);
        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("staged");
        LineOf(run).ShouldBe(2);
        run.Output.ShouldContain("atomicpay-scanner/staged/");
    }

    [Fact]
    public async Task What_is_not_staged_is_not_scanned()
    {
        _workspace.Write("README.md", TestKey.New());
        _workspace.Write("untracked.txt", TestKey.New());
        _workspace.Write("clean.txt", "clean\n");
        _workspace.Git("add", "clean.txt");
        var run = await Staged();

        run.Results.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_staged_is_clean()
    {
        (await Staged()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_first_commit_of_a_repository_is_scanned_before_it_is_made()
    {
        var key = TestKey.New();
        using var fresh = new Workspace();
        fresh.NewRepository();
        (await PublishedScanner.Scan(fresh, "--staged")).ExitCode.ShouldBe(0);

        fresh.Write("deep/down/a.env", key);
        fresh.Git("add", ".");
        (await PublishedScanner.Scan(fresh, "--staged")).PathsOf(key).ShouldBe(["deep/down/a.env"]);
    }

    [Fact]
    public async Task A_key_that_the_file_has_in_HEAD_is_not_new_however_the_file_changes()
    {
        var (old, added) = (TestKey.New(), TestKey.New());
        _workspace.Write("a.env", $"KEY={old}\n");
        _workspace.Commit("add");
        _workspace.Write("a.env", $"# moved down\n\nKEY={old}\n");
        _workspace.Git("add", "--all");
        (await Staged()).ExitCode.ShouldBe(0);

        _workspace.Write("a.env", $"# moved down\n\nKEY={old}\nNEXT={added}\n");
        _workspace.Git("add", "--all");
        var run = await Staged();
        run.PathsOf(added).ShouldBe(["a.env"]);
        run.PathsOf(old).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_moved_adds_no_key_but_a_copy_does()
    {
        var key = TestKey.New();
        _workspace.Write("old/a.env", $"KEY={key}\n");
        _workspace.Commit("add");
        _workspace.Git("mv", "old", "new");
        _workspace.Write("new/a.env", $"# edited as well\nKEY={key}\n");
        _workspace.Git("add", "--all");
        (await Staged()).ExitCode.ShouldBe(0);

        _workspace.Git("reset", "--quiet", "--hard");
        _workspace.Write("copy.env", $"KEY={key}\n");
        _workspace.Git("add", "--all");
        (await Staged()).PathsOf(key).ShouldBe(["copy.env"]);
    }

    [Fact]
    public async Task Deletions_and_changes_of_mode_add_no_key()
    {
        _workspace.Write("gone.env", TestKey.New());
        _workspace.Write("script.sh", TestKey.New());
        _workspace.Commit("add");
        _workspace.Git("rm", "--quiet", "gone.env");
        _workspace.Git("update-index", "--chmod=+x", "script.sh");

        (await Staged()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_only_announced_is_not_staged_and_no_error()
    {
        _workspace.Write("later.env", TestKey.New());
        _workspace.Git("add", "--intent-to-add", "later.env");
        var run = await Staged();

        run.ExitCode.ShouldBe(0);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_version_of_a_path_in_conflict_is_scanned()
    {
        var (ours, theirs) = (TestKey.New(), TestKey.New());
        _workspace.Git("switch", "--quiet", "--create", "topic");
        _workspace.Write("README.md", theirs);
        _workspace.Commit("theirs");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Write("README.md", ours);
        _workspace.Commit("ours");
        Should.Throw<CliWrap.Exceptions.CommandExecutionException>(() => _workspace.Git("merge", "topic"));
        var run = await Staged();

        run.PathsOf(theirs).ShouldBe(["README.md"]);
        run.PathsOf(ours).ShouldBeEmpty("HEAD has it");
    }

    [Fact]
    public async Task The_target_of_a_link_is_scanned_and_a_submodule_is_not()
    {
        var key = TestKey.New();
        File.CreateSymbolicLink(_workspace.PathOf("link"), $"/run/{key}");
        _workspace.Git("add", "link");
        _workspace.Git("update-index", "--add", "--cacheinfo", $"160000,{_workspace.Git("rev-parse", "HEAD")},vendor/shop");
        var run = await Staged();

        run.PathsOf(key).ShouldBe(["link"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_becomes_a_link_or_a_folder_is_scanned()
    {
        var (inLink, inFolder) = (TestKey.New(), TestKey.New());
        _workspace.Write("one", "text");
        _workspace.Write("two", "text");
        _workspace.Commit("add");
        File.Delete(_workspace.PathOf("one"));
        File.Delete(_workspace.PathOf("two"));
        File.CreateSymbolicLink(_workspace.PathOf("one"), inLink);
        _workspace.Write("two/inside.env", inFolder);
        _workspace.Git("add", "--all");
        var run = await Staged();

        run.PathsOf(inLink).ShouldBe(["one"]);
        run.PathsOf(inFolder).ShouldBe(["two/inside.env"]);
    }

    [Fact]
    public async Task A_staged_picture_is_read_and_one_that_HEAD_has_is_not_new()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        var key = DrawnPicture.Key(seed: 7);
        _workspace.Write("docs/screen.png", DrawnPicture.Screen($"API_KEY={key}"));
        _workspace.Git("add", "--all");
        var run = await Staged();
        run.PathsOf(key).ShouldBe(["docs/screen.png"]);
        run.PropertiesOf(key).GetProperty("bbox").GetArrayLength().ShouldBe(4);

        _workspace.Commit("add");
        _workspace.Git("mv", "docs/screen.png", "docs/login.png");
        (await Staged()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_new_name_that_holds_a_key_is_found_once()
    {
        var (inFile, inFolder) = (TestKey.New(), TestKey.New());
        _workspace.Write($"backup-{inFile}.txt", "x");
        _workspace.Write($"{inFolder}/a.txt", "a");
        _workspace.Write($"{inFolder}/b.txt", "b");
        _workspace.Git("add", "--all");
        var run = await Staged();

        run.Results.Length.ShouldBe(2);
        run.PropertiesOf(inFile).GetProperty("origin").GetString().ShouldBe("file-name");
        run.PropertiesOf(inFolder).GetProperty("origin").GetString().ShouldBe("file-name");

        _workspace.Commit("add");
        _workspace.Write($"{inFolder}/c.txt", "c");
        _workspace.Git("add", "--all");
        (await Staged()).ExitCode.ShouldBe(0, "the folder was there before");
    }

    [Fact]
    public async Task A_key_in_a_file_whose_name_is_no_text_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux file systems take any bytes for a name.");
        var key = TestKey.New();
        var blob = _workspace.Git("hash-object", "-w", _workspace.Write("a.txt", key));
        await (CliWrap.PipeSource.FromBytes([.. System.Text.Encoding.ASCII.GetBytes($"100644 {blob} 0\tcaf"), 0xE9, (byte)'\n'])
            | CliWrap.Cli.Wrap("git").WithArguments(["update-index", "--index-info"]).WithWorkingDirectory(_workspace.Root))
            .ExecuteAsync(TestContext.Current.CancellationToken);

        (await Staged()).PathsOf(key).ShouldBe(["caf%E9"]);
    }

    [Fact]
    public async Task The_whole_index_is_scanned_from_any_folder_of_the_work_tree()
    {
        var key = TestKey.New();
        _workspace.Write("top.env", key);
        _workspace.Write("src/deep/x.txt", "x");
        _workspace.Git("add", "--all");

        (await PublishedScanner.Run(_workspace.PathOf("src/deep"), "--staged", "--report", "sarif")).PathsOf(key).ShouldBe(["top.env"]);
        (await PublishedScanner.Run(Path.GetTempPath(), "--staged", "--report", "sarif", _workspace.PathOf("src"))).PathsOf(key).ShouldBe(["top.env"]);
    }

    [Fact]
    public async Task A_linked_work_tree_has_an_index_of_its_own()
    {
        var key = TestKey.New();
        _workspace.Git("worktree", "add", "--quiet", "linked");
        _workspace.Write("linked/a.env", key);
        Workspace.GitIn(_workspace.PathOf("linked"), "add", "a.env");

        (await PublishedScanner.Run(_workspace.PathOf("linked"), "--staged", "--report", "sarif")).PathsOf(key).ShouldBe(["a.env"]);
        (await Staged()).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("update-index", "--index-version", "4")]
    [InlineData("update-index", "--index-version", "3")]
    [InlineData("update-index", "--split-index")]
    [InlineData("update-index", "--untracked-cache")]
    [InlineData("-c", "index.threads=4", "read-tree", "HEAD")]
    public async Task Every_form_of_the_index_is_read(params string[] form)
    {
        var (first, second) = (TestKey.New(), TestKey.New());
        for (var i = 0; i < 300; i++)
        {
            _workspace.Write($"src/part{i % 7}/file{i}.txt", $"{i}\n");
        }

        _workspace.Commit("many");
        _workspace.Git(form);
        _workspace.Write("src/part3/file3.txt", first);
        _workspace.Write("src/part9/new.txt", second);
        File.Delete(_workspace.PathOf("src/part2/file2.txt"));
        _workspace.Git("add", "--all");
        var run = await Staged();

        run.NotScanned.ShouldBeEmpty();
        run.PathsOf(first).ShouldBe(["src/part3/file3.txt"]);
        run.PathsOf(second).ShouldBe(["src/part9/new.txt"]);
        run.Results.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_sparse_index_is_read()
    {
        var key = TestKey.New();
        _workspace.Write("in/a.txt", "a");
        _workspace.Write("out/deep/b.txt", "b");
        _workspace.Commit("add");
        _workspace.Git("sparse-checkout", "init", "--cone", "--sparse-index");
        _workspace.Git("sparse-checkout", "set", "in");
        _workspace.Write("in/a.txt", key);
        _workspace.Git("add", "in/a.txt");
        var run = await Staged();

        run.PathsOf(key).ShouldBe(["in/a.txt"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_index_is_said_and_never_green()
    {
        await File.WriteAllBytesAsync(_workspace.PathOf(".git/index"), "DIRC\0\0\0\u0002\u007f\u007f"u8.ToArray(), TestContext.Current.CancellationToken);
        var run = await Staged();

        run.NotScanned.Single().ShouldContain("index cannot be read");
        run.ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("commit", "--all", "--message", "x")]
    [InlineData("commit", "--message", "x", "tracked.env")]
    [InlineData("commit", "--message", "x", "--", "tracked.env")]
    public async Task A_hook_sees_what_the_commit_will_hold_not_what_the_index_file_on_disk_does(params string[] commit)
    {
        var (committed, left) = (TestKey.New(), TestKey.New());
        _workspace.Write("tracked.env", "KEY=\n");
        _workspace.Commit("add");
        InstallHook();
        _workspace.Write("tracked.env", $"KEY={committed}\n");
        _workspace.Write("untracked.env", left);
        _workspace.Git(commit);

        var report = await HookReport();
        report.ShouldContain(TestKey.Sha256(committed));
        report.ShouldNotContain(TestKey.Sha256(left));
        (await File.ReadAllTextAsync(_workspace.PathOf("exit"), TestContext.Current.CancellationToken)).Trim().ShouldBe("1");
    }

    [Fact]
    public async Task A_commit_of_one_file_is_not_stopped_by_what_is_staged_beside_it()
    {
        _workspace.Write("tracked.env", "KEY=\n");
        _workspace.Commit("add");
        InstallHook();
        _workspace.Write("staged.env", TestKey.New());
        _workspace.Git("add", "staged.env");
        _workspace.Write("tracked.env", "KEY=later\n");
        _workspace.Git("commit", "--message", "x", "tracked.env");

        JsonDocument.Parse(await HookReport()).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_hook_in_a_linked_work_tree_sees_that_work_tree()
    {
        var key = TestKey.New();
        InstallHook();
        _workspace.Git("worktree", "add", "--quiet", "linked");
        _workspace.Write("linked/a.env", key);
        Workspace.GitIn(_workspace.PathOf("linked"), "add", "a.env");
        Workspace.GitIn(_workspace.PathOf("linked"), "commit", "--message", "x");

        (await HookReport()).ShouldContain(TestKey.Sha256(key));
    }

    [Fact]
    public async Task A_bare_repository_and_a_folder_without_one_are_told_apart_and_exit_2()
    {
        _workspace.Git("clone", "--quiet", "--bare", ".", "bare.git");
        using var plain = new Workspace();

        var bare = await PublishedScanner.Run(_workspace.PathOf("bare.git"), "--staged");
        bare.ExitCode.ShouldBe(2);
        bare.Error.ShouldContain("bare repository");

        var none = await PublishedScanner.Run(plain.Root, "--staged");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("not in a git repository");
    }

    [Fact]
    public async Task A_staged_blob_that_is_missing_is_said_and_never_green()
    {
        _workspace.Write("a.txt", "content\n");
        _workspace.Git("add", "a.txt");
        var blob = _workspace.Git("rev-parse", ":a.txt");
        File.Delete(_workspace.PathOf($".git/objects/{blob[..2]}/{blob[2..]}"));
        var run = await Staged();

        run.NotScanned.Single().ShouldContain(blob);
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task The_index_is_left_as_it_was()
    {
        _workspace.Write("a.env", TestKey.New());
        _workspace.Git("add", "a.env");
        var before = (await File.ReadAllBytesAsync(_workspace.PathOf(".git/index"), TestContext.Current.CancellationToken), File.GetLastWriteTimeUtc(_workspace.PathOf(".git/index")));
        await Staged();

        File.GetLastWriteTimeUtc(_workspace.PathOf(".git/index")).ShouldBe(before.Item2);
        (await File.ReadAllBytesAsync(_workspace.PathOf(".git/index"), TestContext.Current.CancellationToken)).ShouldBe(before.Item1);
    }

    [Theory]
    [InlineData("--staged", "--no-history")]
    [InlineData("--staged", "--no-worktree")]
    [InlineData("--staged", "--range", "main..HEAD")]
    [InlineData("--staged", "a", "b")]
    [InlineData("--staged", "-")]
    public async Task What_makes_no_sense_together_exits_2(params string[] arguments)
    {
        var run = await PublishedScanner.Run(_workspace.Root, arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("atomicpay-scan: --staged");
    }

    public void Dispose() => _workspace.Dispose();

    private static int LineOf(ScannerRun run) =>
        run.Results.Single().GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32();

    private Task<ScannerRun> Staged() => PublishedScanner.Scan(_workspace, "--staged");

    /// <summary>A hook that scans, leaves its report and exit code beside the repository's files, and lets the commit pass.</summary>
    private void InstallHook()
    {
        var hook = _workspace.Write(".git/hooks/pre-commit", $"""
            #!/bin/sh
            '{PublishedScanner.Binary}' --staged --quiet --report 'sarif={_workspace.PathOf("hook.sarif")}'
            echo $? > '{_workspace.PathOf("exit")}'
            """);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<string> HookReport() => File.ReadAllTextAsync(_workspace.PathOf("hook.sarif"), TestContext.Current.CancellationToken);
}
