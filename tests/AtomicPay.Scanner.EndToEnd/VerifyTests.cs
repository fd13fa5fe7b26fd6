using AtomicPay.Scanner.ApiStub;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class VerifyTests
{
    [Fact]
    public async Task Every_report_says_which_keys_are_live()
    {
        await using var api = await ApiScanner.Start();
        var (live, lacking, dead) = (api.Stub.Keys.Issue(), api.Stub.Keys.Issue("charges.write"), TestKey.New());
        api.Workspace.Write("a.env", $"{live}\n{lacking}\n{dead}\n");
        api.Workspace.Write("copy.env", live);
        var run = await api.Run("--verify", ".", "--report", "sarif", "--report", "console=report.txt");

        run.ExitCode.ShouldBe(1);
        api.Stub.Requests.Where(r => r.Key is not null).GroupBy(r => r.Key).ShouldAllBe(r => r.Count() == 1);
        Liveness(live).ShouldBe(["live", "live"]);
        Liveness(lacking).ShouldBe(["live-without-permission"]);
        Liveness(dead).ShouldBe(["dead"]);
        var report = await File.ReadAllTextAsync(api.Workspace.PathOf("report.txt"), TestContext.Current.CancellationToken);
        report.ShouldContain("  live  /v1/products answered 200");
        report.ShouldContain("  live, without the permission that was tried  /v1/products answered 403");
        report.ShouldContain("  dead  /v1/products answered 401");
        foreach (var format in (string[])["json", "junit", "github", "markdown", "html"])
        {
            (await api.Run("--verify", "--report", format, "a.env")).Output.ShouldContain("live", Case.Sensitive, format);
        }

        run.Error.ShouldContain("3 leaked keys (2 live), 4 findings");

        IEnumerable<string?> Liveness(string key) =>
            run.Results.Select(r => r.GetProperty("properties"))
                .Where(p => p.GetProperty("secretSha256").GetString() == TestKey.Sha256(key))
                .Select(p => p.GetProperty("verification").GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_a_key_may_do_is_a_table()
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", api.Stub.Keys.Issue("products.read", "cards.read"));
        var run = await api.Run("--verify", "permissions", ".");

        run.Output.ShouldContain("    purchases.read       no\n    customers.read       no\n    products.read        yes\n    subscriptions.read   no\n    subscriptions.write  not tried\n");
    }

    [Theory]
    [InlineData("live", 1)]
    [InlineData("dead", 0)]
    [InlineData("unknown", 2)]
    public async Task Only_live_keys_fail_when_that_is_asked_for(string state, int exitCode)
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", state == "live" ? api.Stub.Keys.Issue() : TestKey.New());
        if (state == "unknown")
        {
            api.Stub.Add(new Fault(FaultKind.MalformedBody));
        }

        (await api.Run("--verify", "--fail-on", "live")).ExitCode.ShouldBe(exitCode);
    }

    [Theory]
    [InlineData("live", 1)]
    [InlineData("dead", 0)]
    [InlineData("unknown", 2)]
    public async Task A_key_on_standard_input_is_verified(string state, int exitCode)
    {
        await using var api = await ApiScanner.Start();
        if (state == "unknown")
        {
            api.Stub.Add(new Fault(FaultKind.ConnectionReset));
        }

        var run = await api.RunWith($"{(state == "live" ? api.Stub.Keys.Issue() : TestKey.New())}\n", "verify", "-");

        run.ExitCode.ShouldBe(exitCode);
        run.Output.ShouldContain($"  {state}");
    }

    [Fact]
    public async Task Standard_input_without_a_key_is_said()
    {
        await using var api = await ApiScanner.Start();
        var run = await api.RunWith("atpay_\n", "verify", "-");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("no AtomicPay key");
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("revoke")]
    [InlineData("verify", "--no-such-option")]
    [InlineData("scan", "--report")]
    public async Task A_key_as_an_argument_is_refused_and_not_repeated(params string[] arguments)
    {
        var key = TestKey.New();
        await using var api = await ApiScanner.Start();
        var run = await api.Run([.. arguments, key]);

        run.ExitCode.ShouldBe(2);
        (run.Output + run.Error).ShouldNotContain(key[10..]);
        api.Stub.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--fail-on", "live")]
    [InlineData("--verify-candidates", "3")]
    [InlineData("--verify", "--verify-candidates", "99")]
    [InlineData("--verify", "--api-url", "http://example.com")]
    [InlineData("--verify", "--api-path", "verify=//example.com")]
    [InlineData("--yes")]
    [InlineData("--revoke", "--yes")]
    [InlineData("--revoke", "--staged")]
    public async Task Wrong_usage_exits_2_and_says_what_to_type(params string[] arguments)
    {
        await using var api = await ApiScanner.Start();
        var run = await api.Run(arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("atomicpay-scan: ");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_the_scanned_repository_does_not_choose_the_host()
    {
        await using var api = await ApiScanner.Start();
        await using var stranger = await StubServer.Start(new StubOptions());
        var key = api.Stub.Keys.Issue();
        foreach (var name in (string[])[".env", ".atomicpay-scan.json", ".netrc", "appsettings.json"])
        {
            api.Workspace.Write(name, $"{{\"api\":{{\"url\":\"{stranger.Url}\"}}}}\nATOMICPAY_SCAN_API_URL={stranger.Url}\nATOMICPAY_SCAN_API_PROXY={stranger.Url}\n");
        }

        api.Workspace.Write("a.txt", key);
        await api.Run("--verify");

        stranger.Requests.ShouldBeEmpty();
        api.Stub.Requests.ShouldContain(r => r.Key == key);
    }

    [Fact]
    public async Task A_configuration_that_lies_in_the_repository_and_names_a_host_is_refused_before_anybody_is_asked()
    {
        await using var api = await ApiScanner.Start();
        await using var stranger = await StubServer.Start(new StubOptions());
        api.Workspace.Write("a.txt", api.Stub.Keys.Issue());
        api.Workspace.Git("init", "--quiet");
        api.Workspace.Write("atomicpay-scan.json", $"{{\"api\":{{\"url\":\"{stranger.Url}\"}}}}\n");

        (await api.Run("--verify")).ExitCode.ShouldBe(2);
        stranger.Requests.ShouldBeEmpty();
        api.Stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_configuration_of_the_users_own_says_where_the_api_is()
    {
        await using var api = await ApiScanner.Start();
        await using var other = await StubServer.Start(new StubOptions());
        var file = api.Home.Write("api.json", $"{{\"api\":{{\"url\":\"{other.Url}\",\"auth\":\"x-api-key\"}}}}\n");
        var environment = new Dictionary<string, string?>(api.Environment) { ["ATOMICPAY_SCAN_API_URL"] = null };
        api.Workspace.Write("a.env", TestKey.New());

        (await PublishedScanner.Run(api.Workspace.Root, environment, other.Keys.Issue(), "verify", "-", "--config", file)).ExitCode.ShouldBe(1);
        (await PublishedScanner.Run(api.Workspace.Root, environment, "", "--verify", "--fail-on", "live", "--config", file)).ExitCode.ShouldBe(0);
        (await PublishedScanner.Run(api.Workspace.Root, environment, "", "revoke", "--plan", "--config", file)).ExitCode.ShouldBe(0);
        other.Requests.Count(r => r.Key is not null).ShouldBe(3);
    }

    [Fact]
    public async Task A_named_configuration_that_lies_in_what_is_scanned_does_not_choose_the_host()
    {
        await using var api = await ApiScanner.Start();
        await using var stranger = await StubServer.Start(new StubOptions());
        api.Workspace.Write("a.txt", api.Stub.Keys.Issue());
        api.Workspace.Write("ci/scan.json", $"{{\"api\":{{\"url\":\"{stranger.Url}\"}}}}\n");
        var run = await api.Run("--verify", "--config", "ci/scan.json");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("ci/scan.json:1:8: A file that lies in what is scanned does not say where keys are sent");
        stranger.Requests.ShouldBeEmpty();
        api.Stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_systems_proxy_is_not_used()
    {
        await using var api = await ApiScanner.Start();
        await using var proxy = await StubServer.Start(new StubOptions());
        var environment = new Dictionary<string, string?>(api.Environment) { ["http_proxy"] = proxy.Url.ToString(), ["HTTP_PROXY"] = proxy.Url.ToString(), ["ALL_PROXY"] = proxy.Url.ToString() };
        var run = await PublishedScanner.Run(api.Workspace.Root, environment, api.Stub.Keys.Issue(), "verify", "-");

        run.ExitCode.ShouldBe(1);
        proxy.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_terminal_the_asking_shows_how_far_it_is()
    {
        await using var api = await ApiScanner.Start();
        api.Workspace.Write("a.env", $"{api.Stub.Keys.Issue()}\n{api.Stub.Keys.Issue()}\n");
        var hold = api.Stub.Add(new Fault(FaultKind.Hold) { Times = 1 });
        // util-linux's script gives the binary a terminal.
        var start = Starting(api);
        (start.FileName, start.Environment["CI"], start.Environment["TERM"]) = ("script", "", "xterm");
        start.ArgumentList.Clear();
        foreach (var argument in (string[])["-qec", $"stty columns 100; '{PublishedScanner.Binary}' --verify --report sarif=out.sarif", "/dev/null"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var shown = new System.Text.StringBuilder();
        var part = new char[4096];
        var wanted = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"asked {api.Stub.Url.Host} about 1 of 2 keys");
        while (!shown.ToString().Contains(wanted, StringComparison.Ordinal)
            && await process.StandardOutput.ReadAsync(part, TestContext.Current.CancellationToken) is > 0 and var count)
        {
            shown.Append(part, 0, count);
        }

        hold.Release();
        shown.ToString().ShouldContain(wanted);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task An_interruption_reports_what_is_known()
    {
        await using var api = await ApiScanner.Start();
        var key = api.Stub.Keys.Issue();
        api.Workspace.Write("a.env", key);
        var hold = api.Stub.Add(new Fault(FaultKind.Hold));
        using var process = System.Diagnostics.Process.Start(Starting(api, "--verify", "--report", "sarif=out.sarif"))!;
        await hold.Met.WaitAsync(TestContext.Current.CancellationToken);
        await CliWrap.Cli.Wrap("kill").WithArguments(["-INT", $"{process.Id}"]).ExecuteAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(130);
        (await File.ReadAllTextAsync(api.Workspace.PathOf("out.sarif"), TestContext.Current.CancellationToken)).ShouldContain(TestKey.Sha256(key));
    }

    internal static System.Diagnostics.ProcessStartInfo Starting(ApiScanner api, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(PublishedScanner.Binary, arguments)
        {
            WorkingDirectory = api.Workspace.Root,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in api.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
