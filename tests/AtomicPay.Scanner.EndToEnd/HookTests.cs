using System.Text;
using AtomicPay.Scanner.Tests.Images;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Commits with real git, and with the pre-commit program, in a repository that has the hook.</summary>
public sealed class HookTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public HookTests() => _workspace.NewRepository();

    [Fact]
    public async Task A_commit_with_a_key_is_refused_and_the_message_says_what_to_do()
    {
        await Install();
        var key = TestKey.New();
        _workspace.Write("deploy/.env", $"ATOMICPAY_API_KEY={key}\n");
        var commit = await Commit();

        commit.ExitCode.ShouldNotBe(0);
        Commits().ShouldBe(0);
        // Sentences wrap at the width of the terminal.
        var shown = string.Join(' ', (commit.Output + commit.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        shown.ShouldContain("deploy/.env:1:19");
        shown.ShouldContain("What to do before the commit");
        shown.ShouldContain("Unstage it: git reset -q -- deploy/.env.");
        shown.ShouldContain("revoke or rotate it in the AtomicPay dashboard");
        shown.ShouldContain("atomicpay-scan:allow");
        shown.ShouldNotContain(key);
    }

    [Fact]
    public async Task A_commit_without_a_key_goes_through()
    {
        await Install();
        _workspace.Write("readme.txt", "hello\n");

        (await Commit()).ExitCode.ShouldBe(0);
        Commits().ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_of_nothing_goes_through()
    {
        await Install();

        (await Commit("--allow-empty")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_screenshot_of_a_key_is_refused()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        await Install();
        _workspace.Write("docs/setup.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(seed: 3)}"));
        var commit = await Commit();

        commit.ExitCode.ShouldNotBe(0);
        (commit.Output + commit.Error).ShouldContain("docs/setup.png");
    }

    [Fact]
    public async Task A_key_in_the_files_that_this_commit_leaves_out_does_not_stop_it()
    {
        await Install();
        _workspace.Write("a.txt", "a\n");
        _workspace.Write("b.txt", "b\n");
        (await Commit()).ExitCode.ShouldBe(0);
        _workspace.Write("a.txt", "a, changed\n");
        _workspace.Write("b.txt", $"{TestKey.New()}\n");

        (await Git("commit", "--message", "only a", "a.txt")).ExitCode.ShouldBe(0);
        (await Git("commit", "--message", "also b", "b.txt")).ExitCode.ShouldNotBe(0);
        (await Git("commit", "--all", "--message", "all")).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task The_hook_can_be_installed_twice_and_taken_out()
    {
        await Install();
        await Install();
        File.Exists(_workspace.PathOf(".git/hooks/pre-commit")).ShouldBeTrue();

        (await Hook("uninstall")).ExitCode.ShouldBe(0);
        File.Exists(_workspace.PathOf(".git/hooks/pre-commit")).ShouldBeFalse();
        (await Hook("uninstall")).ExitCode.ShouldBe(0);
        _workspace.Write("deploy/.env", TestKey.New());
        (await Commit()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_hook_of_somebody_else_stays_as_it_is()
    {
        const string Foreign = "#!/bin/sh\nexit 0\n";
        _workspace.Write(".git/hooks/pre-commit", Foreign);

        foreach (var verb in new[] { "install", "uninstall" })
        {
            var run = await Hook(verb);
            run.ExitCode.ShouldBe(2);
            run.Error.ShouldContain("did not write");
        }

        (await File.ReadAllTextAsync(_workspace.PathOf(".git/hooks/pre-commit"), TestContext.Current.CancellationToken)).ShouldBe(Foreign);
    }

    [Fact]
    public async Task The_hook_goes_where_the_repository_keeps_its_hooks()
    {
        _workspace.Git("config", "core.hooksPath", "build/hooks");
        await Install();

        File.Exists(_workspace.PathOf("build/hooks/pre-commit")).ShouldBeTrue();
        _workspace.Write("deploy/.env", TestKey.New());
        (await Commit()).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_linked_work_tree_shares_the_hook()
    {
        _workspace.Commit("first");
        _workspace.Git("worktree", "add", "--quiet", "linked");
        (await PublishedScanner.Run(_workspace.PathOf("linked"), "hook", "install")).ExitCode.ShouldBe(0);

        File.Exists(_workspace.PathOf(".git/hooks/pre-commit")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_hook_whose_scanner_has_gone_stops_the_commit_and_says_why()
    {
        await Install();
        var hook = _workspace.PathOf(".git/hooks/pre-commit");
        var text = await File.ReadAllTextAsync(hook, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(hook, text.Replace(PublishedScanner.Binary, "/nowhere/atomicpay-scan", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        _workspace.Write("a.txt", "a\n");
        _workspace.Git("add", "--all");
        var commit = await Run("/bin/sh", "-c", "PATH=/usr/bin:/bin git commit --message change");

        commit.ExitCode.ShouldNotBe(0);
        commit.Error.ShouldContain("hook install");
    }

    [Fact]
    public async Task Husky_keeps_its_own_hooks()
    {
        _workspace.Git("config", "core.hooksPath", ".husky/_");
        var run = await Hook("install");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(".husky/pre-commit");
    }

    [Fact]
    public async Task Outside_of_a_repository_nothing_is_installed()
    {
        using var elsewhere = new Workspace();
        var run = await PublishedScanner.Run(elsewhere.Root, "hook", "install");

        run.ExitCode.ShouldBe(2);
        Directory.EnumerateFileSystemEntries(elsewhere.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_pre_commit_program_runs_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pre-commit"), "needs Debian's pre-commit");
        using var hooks = new Workspace();
        hooks.NewRepository();
        hooks.Write(".pre-commit-hooks.yaml", await File.ReadAllTextAsync(Path.Combine(Checkout.Root, ".pre-commit-hooks.yaml"), TestContext.Current.CancellationToken));
        hooks.Commit("hooks");
        _workspace.Write("deploy/.env", TestKey.New());
        _workspace.Git("add", "--all");
        var refused = await Run("/usr/bin/pre-commit", "try-repo", hooks.Root, "atomicpay-scan-system");
        _workspace.Write("deploy/.env", "KEY=\n");
        _workspace.Git("add", "--all");
        var passed = await Run("/usr/bin/pre-commit", "try-repo", hooks.Root, "atomicpay-scan-system");

        if (DrawnPicture.IsPossible)
        {
            _workspace.Write("docs/setup.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(seed: 3)}"));
            _workspace.Git("add", "--all");
            var screenshot = await Run("/usr/bin/pre-commit", "try-repo", hooks.Root, "atomicpay-scan-system");
            screenshot.ExitCode.ShouldBe(1);
            screenshot.Output.ShouldContain("docs/setup.png");
        }

        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldContain("deploy/.env");
        passed.ExitCode.ShouldBe(0, passed.Output);
    }

    [Fact]
    public async Task Lefthook_runs_it()
    {
        var lefthook = Path.Combine(Checkout.Root, "artifacts/tools/node_modules/.bin/lefthook");
        Assert.SkipUnless(File.Exists(lefthook), "needs npm's lefthook");
        _workspace.Write("lefthook.yml", "pre-commit:\n  jobs:\n    - run: atomicpay-scan --staged\n");
        (await Run(lefthook, "install")).ExitCode.ShouldBe(0);
        _workspace.Write("deploy/.env", TestKey.New());
        var refused = await Commit();
        _workspace.Write("deploy/.env", "KEY=\n");
        var passed = await Commit();

        refused.ExitCode.ShouldNotBe(0);
        (refused.Output + refused.Error).ShouldContain("deploy/.env");
        passed.ExitCode.ShouldBe(0, passed.Error);
    }

    public void Dispose() => _workspace.Dispose();

    private Task<ScannerRun> Hook(string verb) => PublishedScanner.Run(_workspace.Root, "hook", verb);

    private async Task Install() => (await Hook("install")).ExitCode.ShouldBe(0);

    private async Task<ScannerRun> Commit(params string[] options)
    {
        _workspace.Git("add", "--all");
        return await Git(["commit", "--message", "change", .. options]);
    }

    private Task<ScannerRun> Git(params string[] arguments) => Run("git", arguments);

    private int Commits() => _workspace.Git("rev-list", "--all").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private async Task<ScannerRun> Run(string program, params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(_workspace.Root)
            .WithEnvironmentVariables(variables => variables
                .Set("GIT_CONFIG_GLOBAL", "/dev/null")
                .Set("GIT_AUTHOR_NAME", "A Developer").Set("GIT_AUTHOR_EMAIL", "developer@example.com")
                .Set("GIT_COMMITTER_NAME", "A Developer").Set("GIT_COMMITTER_EMAIL", "developer@example.com")
                .Set("PRE_COMMIT_HOME", _workspace.PathOf(".git/pre-commit-home"))
                .Set("PATH", $"{Path.GetDirectoryName(PublishedScanner.Binary)}:{Path.Combine(Checkout.Root, "artifacts/tools/node_modules/.bin")}:{Environment.GetEnvironmentVariable("PATH")}"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return new ScannerRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
