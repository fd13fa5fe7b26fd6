using System.Text;
using AtomicPay.Scanner.ApiStub;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Every command with a known key, while the API repeats the key wherever it can; then everything that was written is searched.</summary>
public sealed class KeyLeakTests
{
    public static TheoryData<string[]> Commands() =>
    [
        (string[])["--verbose"],
        (string[])["--verbose", "--verify", "permissions", "--report", "sarif=OUT/r.sarif"],
        (string[])["--verbose", "--verify", "--report", "sarif"],
        (string[])["verify", "-", "--permissions", "--verbose"],
        (string[])["revoke", "--plan", "--verbose"],
        (string[])["revoke", "--yes", "--max", "1", "--verbose"],
        (string[])["revoke", "-", "--yes", "--max", "1", "--verbose"],
        (string[])["--revoke", "--yes", "--max", "1", "--wait", "0", "--report", "sarif"],
        (string[])["--verify", "--api-auth", "x-api-key"],
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Nothing_that_is_written_holds_the_key_in_any_encoding(string[] arguments)
    {
        foreach (var fault in (FaultKind?[])[null, FaultKind.KeyEchoed, FaultKind.ConnectionReset, FaultKind.CrashAfterRequest])
        {
            await using var api = await ApiScanner.Start();
            var key = api.Stub.Keys.Issue();
            api.Workspace.Write($"{key}/a.env", key);
            if (fault is { } kind)
            {
                api.Stub.Add(new Fault(kind));
            }

            Directory.CreateDirectory(api.Home.PathOf("out"));
            var run = await api.RunWith(key, [.. arguments.Select(a => a.Replace("OUT", api.Home.PathOf("out"), StringComparison.Ordinal))]);

            ShouldHoldNoKey(run.Output, key);
            ShouldHoldNoKey(run.Error, key);
            foreach (var file in Directory.EnumerateFiles(api.Home.Root, "*", SearchOption.AllDirectories))
            {
                ShouldHoldNoKey(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), key, file);
                ShouldHoldNoKey(file, key);
            }
        }
    }

    [Fact]
    public async Task Neither_the_command_line_nor_the_environment_shows_the_key()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc shows both.");
        await using var api = await ApiScanner.Start();
        var key = api.Stub.Keys.Issue();
        var hold = api.Stub.Add(new Fault(FaultKind.Hold) { Method = "POST" });
        using var process = System.Diagnostics.Process.Start(VerifyTests.Starting(api, "revoke", "-", "--yes", "--max", "1"))!;
        await process.StandardInput.WriteLineAsync(key);
        process.StandardInput.Close();
        await hold.Met.WaitAsync(TestContext.Current.CancellationToken);
        foreach (var shown in (string[])["cmdline", "environ"])
        {
            try
            {
                ShouldHoldNoKey(await File.ReadAllBytesAsync($"/proc/{process.Id}/{shown}", TestContext.Current.CancellationToken), key, shown);
            }
            catch (UnauthorizedAccessException)
            {
                // Not even shown to the user who started it; only root sees more.
            }
        }

        hold.Release();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_crash_leaves_no_memory_behind()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (await File.ReadAllTextAsync("/proc/sys/kernel/core_pattern", TestContext.Current.CancellationToken)).StartsWith("core", StringComparison.Ordinal),
            "This machine does not leave core files where a test could look for them.");
        foreach (var isDumped in (bool[])[true, false])
        {
            await using var api = await ApiScanner.Start();
            var hold = api.Stub.Add(new Fault(FaultKind.Hold));
            var start = VerifyTests.Starting(api);
            start.FileName = "sh";
            start.ArgumentList.Add("-c");
            // The shell itself shows that a crash does leave a core file here.
            start.ArgumentList.Add(isDumped ? "ulimit -c unlimited; kill -ABRT $$" : $"ulimit -c unlimited; exec {PublishedScanner.Binary} revoke - --yes --max 1");
            using var process = System.Diagnostics.Process.Start(start)!;
            if (!isDumped)
            {
                await process.StandardInput.WriteLineAsync(api.Stub.Keys.Issue());
                process.StandardInput.Close();
                await hold.Met.WaitAsync(TestContext.Current.CancellationToken);
                await CliWrap.Cli.Wrap("kill").WithArguments(["-ABRT", $"{process.Id}"]).ExecuteAsync(TestContext.Current.CancellationToken);
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var cores = Directory.GetFiles(api.Workspace.Root, "core*");
            Assert.SkipWhen(isDumped && cores.Length == 0, "This machine leaves no core files.");
            cores.Length.ShouldBe(isDumped ? 1 : 0);
        }
    }

    private static void ShouldHoldNoKey(string text, string key) => ShouldHoldNoKey(Encoding.UTF8.GetBytes(text), key, text);

    private static void ShouldHoldNoKey(byte[] bytes, string key, string where)
    {
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(bytes, matches);
        matches.ShouldBeEmpty(where);
        // Also without its prefix, which the rules need.
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key[10..])).ShouldBe(-1, where);
    }
}
