using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Nothing leaves the machine unless it is asked for.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_socket_is_opened_without_verify_or_revoke(bool verifies)
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.NewRepository();
        api.Workspace.Write("a.env", api.Stub.Keys.Issue());
        api.Workspace.Commit("add");
        var trace = api.Home.PathOf("trace.txt");
        try
        {
            await CliWrap.Cli.Wrap("strace")
                .WithArguments(["-f", "-qq", "-o", trace, "-e", "trace=socket,socketpair,connect,sendto,sendmsg", PublishedScanner.Binary, ".", .. verifies ? (string[])["--verify"] : []])
                .WithWorkingDirectory(api.Workspace.Root)
                .WithEnvironmentVariables(api.Environment)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed.");
        }

        Assert.SkipUnless(File.Exists(trace), "strace is not allowed here.");
        var calls = (await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken)).Where(l => l.Contains("socket", StringComparison.Ordinal) || l.Contains("connect", StringComparison.Ordinal));
        if (verifies)
        {
            // The same trace does show them when there are some.
            calls.ShouldNotBeEmpty();
        }
        else
        {
            calls.ShouldBeEmpty();
            api.Stub.Requests.ShouldBeEmpty();
        }
    }
}
