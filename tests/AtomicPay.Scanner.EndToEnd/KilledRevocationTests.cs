using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>SIGKILL after each step of a revocation that the world outside could notice, and then the same command again.</summary>
public sealed class KilledRevocationTests
{
    // What writes to or reads from the network and the disk.
    private const string Steps = "connect,sendto,sendmsg,recvfrom,recvmsg,pwrite64,fsync";

    // Each step waits so long before it is carried out that there is time to kill after the one before it.
    private const string Pause = "delay_enter=10000";

    [Fact]
    public async Task However_it_is_killed_a_second_run_ends_in_a_confirmed_revocation()
    {
        Assert.SkipUnless(await HasTracer(), "strace, which kills at a given system call, is not installed or not allowed.");
        var step = 1;
        for (; step < 100; step++)
        {
            await using var api = await ApiScanner.Start();
            var key = api.Stub.Keys.Issue();
            var (wasKilled, output) = await KillAfter(api, step, key);
            (output.Contains("revoked, and confirmed", StringComparison.Ordinal) && !HasSeenDead(api, key)).ShouldBeFalse($"killed at {step}");

            var again = await api.RunWith(key, "revoke", "-", "--yes", "--max", "1");

            again.ExitCode.ShouldBe(0, $"killed at {step}: {again.Error}");
            HasSeenDead(api, key).ShouldBeTrue($"killed at {step}");
            var methods = string.Concat(api.Stub.Requests.Where(r => r.Key == key).Select(r => r.Method[0]));
            methods.ShouldNotContain("PP", Case.Sensitive, $"killed at {step}: two revocations without a verification between");
            methods.Count(m => m == 'P').ShouldBeInRange(1, 2, $"killed at {step}");
            api.Stub.Requests.Where(r => r.Method == "POST").Select(r => r.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1, $"killed at {step}");
            if (!wasKilled)
            {
                break;
            }
        }

        // It ran to its end, and there were steps to be killed at before.
        step.ShouldBeInRange(15, 99);
    }

    private static bool HasSeenDead(ApiScanner api, string key) => api.Stub.Requests.Any(r => r.Key == key && r is { Method: "GET", Status: 401 });

    private static async Task<bool> HasTracer()
    {
        try
        {
            return (await CliWrap.Cli.Wrap("strace").WithArguments(["-o", "/dev/null", "true"]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(bool WasKilled, string Output)> KillAfter(ApiScanner api, int step, string key)
    {
        var (process, steps, wasKilled) = (0, 0, false);
        var output = new StringBuilder();
        await CliWrap.Cli.Wrap("strace")
            .WithArguments(["-f", "-qq", "-e", $"trace={Steps}", "-e", $"inject={Steps}:{Pause}", "sh", "-c", "echo $$ >&2; exec \"$0\" \"$@\"", PublishedScanner.Binary, "revoke", "-", "--yes", "--max", "1"])
            .WithWorkingDirectory(api.Workspace.Root)
            .WithEnvironmentVariables(api.Environment)
            .WithStandardInputPipe(PipeSource.FromString(key))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Count))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return (wasKilled, output.ToString());

        void Count(string line)
        {
            if (process == 0)
            {
                process = int.Parse(line, CultureInfo.InvariantCulture);
            }
            else if (line.Contains('(', StringComparison.Ordinal) && ++steps == step)
            {
                try
                {
                    using var victim = Process.GetProcessById(process);
                    victim.Kill();
                    wasKilled = true;
                }
                catch (ArgumentException)
                {
                    // It came to its end in between.
                }
            }
        }
    }
}
