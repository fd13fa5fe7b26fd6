using System.Security.Cryptography;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class RuleTests : IDisposable
{
    private const string Acme = """
        // Our own services.
        { "rules": [{
          "id": "acme-key", "prefix": "acme_", "body": "[A-Za-z0-9]{32}", "severity": "warning", "help": "Ask Ana.",
          "examples": ["ACME={key}"], "nearMisses": ["my{key}"],
        }] }
        """;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_rules_are_listed_and_shown()
    {
        var list = await PublishedScanner.Run(_workspace.Root, "rules");
        list.ExitCode.ShouldBe(0);
        list.Output.ShouldContain("atomicpay-api-key");
        list.Output.ShouldContain("atpay_…");

        var shown = await PublishedScanner.Run(_workspace.Root, "rules", "show", "atomicpay-api-key");
        shown.ExitCode.ShouldBe(0);
        shown.Output.ShouldContain("Revoke or rotate the key in the AtomicPay dashboard.");

        var unknown = await PublishedScanner.Run(_workspace.Root, "rules", "show", "no-such-rule");
        unknown.ExitCode.ShouldBe(2);
        unknown.Error.ShouldContain("there are atomicpay-api-key, atomicpay-named-key");
    }

    [Fact]
    public async Task A_file_of_rules_is_checked_listed_and_used()
    {
        _workspace.Write("rules.json", Acme);
        var key = "acme_" + TestKey.New(32)["atpay_".Length..];
        _workspace.Write("src/a.txt", $"{key}\n{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key))}\n");

        (await PublishedScanner.Run(_workspace.Root, "rules", "check", "rules.json")).ExitCode.ShouldBe(0);
        (await PublishedScanner.Run(_workspace.Root, "rules", "--rules", "rules.json")).Output.ShouldContain("acme-key");

        var run = await PublishedScanner.Run(_workspace.Root, "src", "--rules", "rules.json", "--report", "sarif");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("\"ruleId\": \"acme-key\"");
        run.Output.ShouldContain(TestKey.Sha256(key));
        run.Output.ShouldContain("Ask Ana.");
        (run.Output + run.Error).ShouldNotContain(key);
    }

    [Fact]
    public async Task Rules_that_lie_in_the_repository_are_not_used_by_themselves()
    {
        _workspace.Write("rules.json", Acme);
        _workspace.Write(".atomicpay/rules.json", Acme);
        _workspace.Write("a.txt", "acme_" + TestKey.New(32)["atpay_".Length..]);

        (await PublishedScanner.Run(_workspace.Root)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_mistake_in_the_rules_exits_2_with_its_place_before_anything_is_scanned()
    {
        _workspace.Write("rules.json", "{ \"rules\": [\n  { \"id\": \"a\", \"prefx\": \"acme_\", \"body\": \"[a-z]{20}\" }\n] }\n");
        _workspace.Write("a.txt", TestKey.New());

        foreach (var arguments in (string[][])[["--rules", "rules.json"], ["rules", "check", "rules.json"], ["rules", "--rules", "rules.json"]])
        {
            var run = await PublishedScanner.Run(_workspace.Root, arguments);
            run.ExitCode.ShouldBe(2);
            run.Output.ShouldBeEmpty();
            run.Error.ShouldContain("atomicpay-scan: rules.json:2:16: A rule has no \"prefx\"; write \"prefix\".");
        }

        (await PublishedScanner.Run(_workspace.Root, "--rules", "missing.json")).Error.ShouldContain("There is no rules file missing.json.");
    }

    [Fact]
    public async Task A_scan_with_other_rules_does_not_believe_the_cache_of_one_without()
    {
        var environment = new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = _workspace.PathOf("cache") };
        var repository = _workspace.PathOf("repository");
        Directory.CreateDirectory(repository);
        _workspace.Write("rules.json", Acme);
        _workspace.Write("repository/a.txt", "acme_" + TestKey.New(32)["atpay_".Length..]);
        Workspace.GitIn(repository, "init", "--quiet");
        Workspace.GitIn(repository, "add", ".");
        Workspace.GitIn(repository, "commit", "--quiet", "--message", "first");
        Workspace.GitIn(repository, "gc", "--quiet");

        (await PublishedScanner.Run(_workspace.Root, environment, "", "repository", "--no-worktree")).ExitCode.ShouldBe(0);
        (await PublishedScanner.Run(_workspace.Root, environment, "", "repository", "--no-worktree", "--rules", "rules.json")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_without_a_prefix_is_found_by_its_name_and_is_no_error()
    {
        var key = TestKey.New(32)["atpay_".Length..];
        _workspace.Write(".env", $"ATOMICPAY_API_KEY={key}\nSESSION={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))}\n");

        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain(TestKey.Sha256(key));
        run.Output.ShouldContain("\"level\": \"warning\"");
        run.Output.ShouldNotContain("\"level\": \"error\",\n          \"rank\"");
        (run.Output + run.Error).ShouldNotContain(key);
    }

    [Fact]
    public async Task A_repository_with_a_remote_on_a_public_host_says_so_without_the_address()
    {
        _workspace.NewRepository();
        _workspace.Write("a.txt", TestKey.New());
        _workspace.Commit("first");
        _workspace.Git("remote", "add", "origin", "https://ana:topsecret@github.com/ana/shop.git");

        var run = await PublishedScanner.Run(_workspace.Root);

        run.Output.ShouldContain("See who can read the repository on github.com");
        run.Output.ShouldNotContain("topsecret");
    }

    public void Dispose() => _workspace.Dispose();
}
