using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Tests.Config;

public sealed class ScanSettingsTests
{
    private static readonly ScanOptions _request = new() { Paths = ["."], Reports = [] };

    [Fact]
    public void Without_any_layer_the_defaults_hold()
    {
        Resolve(new ScanSettings(), [], file: null).ShouldBe(_request);
    }

    [Fact]
    public void The_command_line_comes_before_the_environment_and_that_before_the_file()
    {
        const string File = """{ "jobs": 2, "failOn": "never", "cache": false }""";
        var environment = new Dictionary<string, string> { ["ATOMICPAY_SCAN_JOBS"] = "3", ["ATOMICPAY_SCAN_FAIL_ON"] = "any" };

        var options = Resolve(new ScanSettings { Jobs = 4 }, environment, File);
        options.Jobs.ShouldBe(4);
        options.FailOn.ShouldBe(FailOn.Any);
        options.Cache.ShouldBeFalse();

        Resolve(new ScanSettings(), environment, File).Jobs.ShouldBe(3);
        Resolve(new ScanSettings(), [], File).Jobs.ShouldBe(2);
    }

    [Fact]
    public void Every_setting_can_be_made_by_every_layer_that_knows_it()
    {
        var file = Resolve(new ScanSettings(), [], """
            {
              "allow": [{ "rules": ["x"], "reason": "r" }], "baseline": "b", "allowComments": false, "include": ["a"], "exclude": ["b"], "images": false,
              "archives": false, "archiveLimits": { "depth": 2, "members": 3, "totalBytes": 4, "memberBytes": 5 }, "rules": ["c"], "failOn": "never",
              "allowIncomplete": true, "jobs": 7, "cache": false
            }
            """);
        file.Allow.Length.ShouldBe(1);
        file.Baseline.ShouldBe(new BaselineFile("b", IsInRepository: false));
        file.AllowComments.ShouldBeFalse();
        file.Include.ShouldBe(["a"]);
        file.Exclude.ShouldBe(["b"]);
        file.Images.ShouldBeFalse();
        file.Archives.ShouldBeFalse();
        file.ArchiveLimits.ShouldBe(new ArchiveLimits(2, 3, 4, 5));
        file.Rules.ShouldBe(["c"]);
        file.FailOn.ShouldBe(FailOn.Never);
        file.AllowIncomplete.ShouldBeTrue();
        file.Jobs.ShouldBe(7);
        file.Cache.ShouldBeFalse();

        var environment = Resolve(
            new ScanSettings(),
            new()
            {
                ["ATOMICPAY_SCAN_BASELINE"] = "b", ["ATOMICPAY_SCAN_ALLOW_COMMENTS"] = "0", ["ATOMICPAY_SCAN_IMAGES"] = "no", ["ATOMICPAY_SCAN_ARCHIVES"] = "FALSE",
                ["ATOMICPAY_SCAN_FAIL_ON"] = "never", ["ATOMICPAY_SCAN_ALLOW_INCOMPLETE"] = "1", ["ATOMICPAY_SCAN_JOBS"] = "7", ["ATOMICPAY_SCAN_CACHE"] = "false",
            },
            file: null);
        environment.ShouldBe(_request with
        {
            Baseline = new BaselineFile("b", IsInRepository: false), AllowComments = false, Images = false, Archives = false,
            FailOn = FailOn.Never, AllowIncomplete = true, Jobs = 7, Cache = false,
        });
    }

    [Fact]
    public void Where_the_api_is_can_be_said_by_every_layer_and_each_thing_by_the_uppermost()
    {
        const string File = """{ "api": { "url": "https://file.example", "auth": "x-api-key", "timeout": 2.5, "proxy": "http://file.example:3128", "paths": { "verify": "/file", "revoke": "/file" } } }""";
        var environment = new Dictionary<string, string>
        {
            ["ATOMICPAY_SCAN_API_URL"] = "https://environment.example", ["ATOMICPAY_SCAN_API_PATH"] = "verify=/environment, products.read=/environment",
        };

        var api = Resolve(new ScanSettings { Api = [new ApiSetting("url", "https://option.example")] }, environment, File).Api;
        api.Url.Host.ShouldBe("option.example");
        api.Authentication.ShouldBe(ApiAuthentication.XApiKey);
        api.Timeout.ShouldBe(TimeSpan.FromSeconds(2.5));
        api.Proxy!.Port.ShouldBe(3128);
        (api.Paths["verify"], api.Paths["revoke"], api.Paths["products.read"], api.Paths["customers.read"]).ShouldBe(("/environment", "/file", "/environment", "/v1/customers"));

        Resolve(new ScanSettings(), environment, File).Api.Url.Host.ShouldBe("environment.example");
        Resolve(new ScanSettings(), [], File).Api.Url.Host.ShouldBe("file.example");
    }

    [Fact]
    public void A_variable_of_the_api_that_is_not_understood_is_named()
    {
        Should.Throw<ConfigurationException>(() => Resolve(new ScanSettings(), new() { ["ATOMICPAY_SCAN_API_URL"] = "http://example.com" }, file: null))
            .Message.ShouldStartWith("ATOMICPAY_SCAN_API_URL: ");
    }

    [Theory]
    [InlineData("JOBS", "many")]
    [InlineData("JOBS", "0")]
    [InlineData("FAIL_ON", "sometimes")]
    [InlineData("CACHE", "perhaps")]
    public void A_variable_with_a_wrong_value_is_an_error_that_names_it(string name, string value)
    {
        Should.Throw<ConfigurationException>(() => Resolve(new ScanSettings(), new() { ["ATOMICPAY_SCAN_" + name] = value }, file: null))
            .Message.ShouldStartWith($"The environment variable ATOMICPAY_SCAN_{name} takes ");
    }

    [Fact]
    public void An_empty_variable_is_none()
    {
        Resolve(new ScanSettings(), new() { ["ATOMICPAY_SCAN_JOBS"] = "", ["ATOMICPAY_SCAN_CONFIG"] = "" }, file: null).ShouldBe(_request);
    }

    [Theory]
    [InlineData("cli.json", "env.json", "cli.json")]
    [InlineData(null, "env.json", "env.json")]
    [InlineData(null, "", null)]
    public void The_file_itself_is_named_by_the_upper_layers(string? option, string variable, string? expected)
    {
        var asked = ImmutableArray.CreateBuilder<string?>();
        ScanSettings.Resolve(_request, new ScanSettings { Configuration = option }, name => name == "ATOMICPAY_SCAN_CONFIG" ? variable : null, name =>
        {
            asked.Add(name);
            return null;
        });

        asked.ShouldBe([expected]);
    }

    private static ScanOptions Resolve(ScanSettings options, Dictionary<string, string> environment, string? file) => ScanSettings.Resolve(
        _request,
        options,
        environment.GetValueOrDefault,
        _ => file is null ? null : new ConfigurationText("scan.json", Encoding.UTF8.GetBytes(file), "", IsFound: false));
}
