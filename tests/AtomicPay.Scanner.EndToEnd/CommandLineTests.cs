using System.Diagnostics;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class CommandLineTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Scan_is_the_command_when_none_is_named()
    {
        var key = TestKey.New();
        _workspace.Write("a.txt", key);

        foreach (var arguments in (string[][])[["."], ["scan", "."], [], ["a.txt"], ["--no-history"]])
        {
            (await PublishedScanner.Run(_workspace.Root, arguments)).ExitCode.ShouldBe(1, string.Join(' ', arguments));
        }
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--jobs", "0")]
    [InlineData("--jobs", "many")]
    [InlineData("--report", "word")]
    [InlineData("--report", "sarif=")]
    [InlineData("--report", "sarif", "--report", "console")]
    [InlineData("--no-history", "--no-worktree")]
    [InlineData("--fail-on", "sometimes")]
    public async Task Wrong_usage_exits_2_with_a_sentence_on_standard_error_and_nothing_on_standard_output(params string[] arguments)
    {
        var run = await PublishedScanner.Run(_workspace.Root, arguments);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith("atomicpay-scan: ");
    }

    [Fact]
    public async Task Help_and_version_exit_0()
    {
        var help = await PublishedScanner.Run(_workspace.Root, "--help");
        help.ExitCode.ShouldBe(0);
        help.Output.ShouldContain("scan");

        var version = await PublishedScanner.Run(_workspace.Root, "--version");
        version.ExitCode.ShouldBe(0);
        version.Output.ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task A_leak_exits_0_when_nothing_is_to_fail()
    {
        _workspace.Write("a.txt", TestKey.New());

        (await PublishedScanner.Scan(_workspace, "--fail-on", "never")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Reports_go_to_their_files_and_the_console_report_to_standard_output()
    {
        var key = TestKey.New();
        _workspace.Write("src/a.txt", key);
        var run = await PublishedScanner.Run(_workspace.Root, "src", "--report", "console", "--report", "sarif=out.sarif");

        run.Output.ShouldContain("a.txt:1:1");
        (await File.ReadAllTextAsync(_workspace.PathOf("out.sarif"), TestContext.Current.CancellationToken)).ShouldContain(TestKey.Sha256(key));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_exits_2_before_the_scan()
    {
        _workspace.Write("a.txt", TestKey.New());
        var run = await PublishedScanner.Run(_workspace.Root, "--report", "sarif=no/such/folder/out.sarif");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("no/such/folder");
    }

    [Fact]
    public async Task No_output_of_any_kind_holds_the_key()
    {
        var key = TestKey.New();
        _workspace.Write("a.txt", $"KEY={key}");
        foreach (var format in (string[])["console", "sarif"])
        {
            var run = await PublishedScanner.Run(_workspace.Root, "--verbose", "--report", format);
            (run.Output + run.Error).ShouldNotContain(key);
            (run.Output + run.Error).ShouldNotContain(key[10..]);
        }
    }

    [Fact]
    public async Task Quiet_prints_nothing_but_the_report()
    {
        (await PublishedScanner.Run(_workspace.Root, "--quiet")).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task There_is_no_colour_in_a_pipe_unless_asked_for()
    {
        _workspace.Write("a.txt", TestKey.New());

        (await PublishedScanner.Run(_workspace.Root)).Output.ShouldNotContain("\e[");
        (await PublishedScanner.Run(_workspace.Root, "--color", "always")).Output.ShouldContain("\e[");
    }

    [Fact]
    public async Task An_interrupted_scan_exits_130_with_what_was_found()
    {
        // Standard input that stays open keeps the scan waiting; the file before it was scanned by then.
        var key = TestKey.New();
        _workspace.Write("a.txt", key);
        using var process = Process.Start(new ProcessStartInfo(PublishedScanner.Binary, ["a.txt", "-", "--report", "sarif=out.sarif"])
        {
            WorkingDirectory = _workspace.Root,
            RedirectStandardInput = true,
        })!;
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await CliWrap.Cli.Wrap("kill").WithArguments(["-INT", $"{process.Id}"]).ExecuteAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(130);
        (await File.ReadAllTextAsync(_workspace.PathOf("out.sarif"), TestContext.Current.CancellationToken)).ShouldContain(TestKey.Sha256(key));
    }

    public void Dispose() => _workspace.Dispose();
}
