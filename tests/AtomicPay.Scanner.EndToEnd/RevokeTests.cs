using System.Text.RegularExpressions;
using AtomicPay.Scanner.ApiStub;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class RevokeTests
{
    [Fact]
    public async Task Without_a_terminal_and_without_consent_there_is_a_plan_and_nothing_else()
    {
        await using var api = await ApiScanner.Start();
        var key = api.Stub.Keys.Issue();
        api.Workspace.Write("deploy/a.env", key);

        var plan = await api.Run("revoke", "--plan");
        plan.ExitCode.ShouldBe(1);
        plan.Output.ShouldContain("deploy/a.env:1:1");
        plan.Output.ShouldContain("to be revoked");
        plan.Output.ShouldContain($"POST {api.Stub.Url}v1/api-keys/revoke");

        var run = await api.Run("revoke");
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Add --yes --max 1");
        api.Stub.Requests.ShouldNotContain(r => r.Method == "POST");
        File.Exists(api.AuditPath).ShouldBeFalse();
    }

    [Fact]
    public async Task With_consent_the_keys_are_revoked_and_confirmed_and_a_second_run_has_nothing_to_do()
    {
        await using var api = await ApiScanner.Start();
        var (first, second) = (api.Stub.Keys.Issue(), api.Stub.Keys.Issue());
        api.Workspace.Write("a.env", $"{first}\n{second}\n{TestKey.New()}");
        var run = await api.Run("revoke", "--yes", "--max", "2");

        run.ExitCode.ShouldBe(0, run.Error);
        Regex.Count(run.Output, "revoked, and confirmed").ShouldBe(2);
        run.Output.ShouldContain("already dead");
        api.Stub.Keys.IsLive(first).ShouldBeFalse();
        api.Stub.Keys.IsLive(second).ShouldBeFalse();

        (await api.Run("revoke", "--yes", "--max", "0")).ExitCode.ShouldBe(0);
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(2);
    }

    [Fact]
    public async Task More_live_keys_than_expected_are_left_alone()
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", $"{api.Stub.Keys.Issue()}\n{api.Stub.Keys.Issue()}");
        var run = await api.Run("revoke", "--yes", "--max", "1");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("2 keys are live and --max is 1");
        api.Stub.Requests.ShouldNotContain(r => r.Method == "POST");
    }

    [Fact]
    public async Task A_key_on_standard_input_is_revoked()
    {
        await using var api = await ApiScanner.Start();
        var run = await api.RunWith($"API_KEY={api.Stub.Keys.Issue()}", "revoke", "-", "--yes", "--max", "1");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("revoked, and confirmed");
    }

    [Fact]
    public async Task A_scan_revokes_what_it_found_and_reports_it()
    {
        await using var api = await ApiScanner.Start();
        var key = api.Stub.Keys.Issue();
        api.Workspace.Write("a.env", key);
        var run = await api.Run("--revoke", "--yes", "--max", "1", "--fail-on", "live", "--report", "sarif");

        run.ExitCode.ShouldBe(0, run.Error);
        var properties = run.PropertiesOf(key);
        properties.GetProperty("verification").GetProperty("state").GetString().ShouldBe("dead");
        properties.GetProperty("revocation").GetProperty("outcome").GetString().ShouldBe("confirmed");
        run.Error.ShouldContain("Plan: 1 key to be revoked");
    }

    [Theory]
    [InlineData("AcceptsOnly", "STILL LIVE")]
    [InlineData("Refuses", "NOT revoked: refused")]
    [InlineData("NotSupported", "NOT revoked: the API has no request for it")]
    public async Task What_is_not_confirmed_exits_2_and_is_said(string behavior, string words)
    {
        await using var api = await ApiScanner.Start(new StubOptions { Revocation = Enum.Parse<RevocationBehavior>(behavior) });
        api.Workspace.Write("deploy/a.env", api.Stub.Keys.Issue());
        var run = await api.Run("revoke", "--yes", "--max", "1", "--wait", "0");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain(words);
        (await api.Run("--revoke", "--yes", "--max", "1", "--wait", "0")).ExitCode.ShouldBe(2);
        if (behavior == "NotSupported")
        {
            var steps = run.Output[run.Output.IndexOf("What to do", StringComparison.Ordinal)..];
            steps.ShouldContain("dashboard");
            steps.ShouldContain("deploy/a.env:1:1");
        }
    }

    [Fact]
    public async Task After_the_dashboard_did_it_the_same_command_confirms_it()
    {
        await using var api = await ApiScanner.Start(new StubOptions { Revocation = RevocationBehavior.NotSupported });
        var key = api.Stub.Keys.Issue();
        api.Workspace.Write("a.env", key);
        (await api.Run("revoke", "--yes", "--max", "1")).ExitCode.ShouldBe(2);
        api.Stub.Keys.Revoke(key, TimeSpan.Zero);

        (await api.Run("revoke", "--yes", "--max", "1")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("GIT_INDEX_FILE", ".git/index")]
    [InlineData("PRE_COMMIT", "1")]
    public async Task A_hook_revokes_nothing(string name, string value)
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", api.Stub.Keys.Issue());
        var environment = new Dictionary<string, string?>(api.Environment) { [name] = value };
        var run = await PublishedScanner.Run(api.Workspace.Root, environment, "", "revoke", "--yes", "--max", "1");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("hook");
        api.Stub.Requests.ShouldNotContain(r => r.Method == "POST");
    }

    [Fact]
    public async Task A_damaged_audit_file_stops_everything()
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", api.Stub.Keys.Issue());
        await api.Run("revoke", "--yes", "--max", "1");
        await File.WriteAllTextAsync(api.AuditPath, (await File.ReadAllTextAsync(api.AuditPath, TestContext.Current.CancellationToken)).Replace("Confirmed", "Refused", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        api.Workspace.Write("b.env", api.Stub.Keys.Issue());
        var run = await api.Run("revoke", "--yes", "--max", "1");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("changed or damaged at line 3");
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(1);
    }

    [Theory]
    [InlineData("revoke 1", 0)]
    [InlineData("yes", 2)]
    [InlineData("", 2)]
    public async Task On_a_terminal_it_is_typed(string typed, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "A terminal is made with script of util-linux.");
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", api.Stub.Keys.Issue());
        var run = await CliWrap.Cli.Wrap("script")
            .WithArguments(["-qec", $"{PublishedScanner.Binary} revoke", "/dev/null"])
            .WithWorkingDirectory(api.Workspace.Root)
            .WithEnvironmentVariables(api.Environment)
            .WithStandardInputPipe(PipeSource.FromString($"{typed}\n"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(exitCode, run.StandardOutput);
        run.StandardOutput.ShouldContain("Type revoke 1 to go on");
        api.Stub.Requests.Count(r => r.Method == "POST").ShouldBe(exitCode == 0 ? 1 : 0);
    }
}
