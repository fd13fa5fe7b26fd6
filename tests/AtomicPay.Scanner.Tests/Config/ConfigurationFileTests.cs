using System.Text;
using AtomicPay.Scanner.Config;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Config;

public sealed class ConfigurationFileTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Comments_and_trailing_commas_are_welcome()
    {
        var settings = Named("""
            // Why this is here.
            {
              "failOn": "never", /* for now */
              "jobs": 3,
            }
            """);

        settings.FailOn.ShouldBe(FailOn.Never);
        settings.Jobs.ShouldBe(3);
    }

    [Fact]
    public void An_allow_entry_says_what_it_allows_why_and_until_when()
    {
        var entry = Named($$"""
            {
              "allow": [
                { "paths": ["docs/**"], "keys": ["{{Hash.ToUpperInvariant()}}"], "rules": ["atomicpay-api-key"], "reason": "the example of the docs", "expires": "2027-01-31" }
              ]
            }
            """).Allow!.Value.ShouldHaveSingleItem();

        entry.Paths.ShouldBe(["docs/**"]);
        entry.Keys.ShouldBe([Hash]);
        entry.Rules.ShouldBe(["atomicpay-api-key"]);
        entry.Reason.ShouldBe("the example of the docs");
        entry.Expires.ShouldBe(new DateOnly(2027, 1, 31));
        entry.Source.ShouldBe("scan.json:3");
    }

    [Fact]
    public void What_a_file_does_not_say_is_left_to_the_layers_below()
    {
        Named("{}").ShouldBe(new ScanSettings());
    }

    [Theory]
    [InlineData("{ \"failon\": \"any\" }", "scan.json:1:3: 'failon' is not known here; did you mean 'failOn'?")]
    [InlineData("{\n  \"alow\": []\n}", "scan.json:2:3: 'alow' is not known here; did you mean 'allow'?")]
    [InlineData("{\n  \"allow\": [\n    { \"path\": [\"a\"], \"reason\": \"r\" }\n  ]\n}", "scan.json:3:7: 'path' is not known here; did you mean 'paths'?")]
    [InlineData("{ \"jobs\": 1, \"jobs\": 2 }", "scan.json:1:14: 'jobs' stands here for the second time; write it once.")]
    [InlineData("{ \"failOn\": \"sometimes\" }", "scan.json:1:13: Here stands one of: any, live, never")]
    [InlineData("{ \"jobs\": 0 }", "scan.json:1:11: Here stands a whole number from 1 to 1024.")]
    [InlineData("{ \"jobs\": 1.5 }", "scan.json:1:11: Here stands a whole number from 1 to 1024.")]
    [InlineData("{ \"images\": \"no\" }", "scan.json:1:13: Here stands true or false.")]
    [InlineData("{ \"allow\": {} }", "scan.json:1:12: Here stands a list: [ … ].")]
    [InlineData("[]", "scan.json:1:1: Here stands an object: { … }.")]
    [InlineData("{ \"é\": 1 }", "scan.json:1:3: 'é' is not known here; known are: ")]
    [InlineData("{ \"allow\": [{ \"reason\": \"r\" }] }", "scan.json:1:13: An allowlist entry needs 'paths', 'keys' or 'rules'")]
    [InlineData("{ \"allow\": [{ \"paths\": [\"a\"] }] }", "scan.json:1:13: An allowlist entry needs a 'reason'")]
    [InlineData("{ \"allow\": [{ \"paths\": [\"a\"], \"reason\": \" \" }] }", "scan.json:1:41: This text is empty.")]
    [InlineData("{ \"allow\": [{ \"paths\": [\"../a\"], \"reason\": \"r\" }] }", "scan.json:1:25: A glob is relative to the root")]
    [InlineData("{ \"allow\": [{ \"keys\": [\"abc\"], \"reason\": \"r\" }] }", "scan.json:1:24: Here stands a key's SHA-256")]
    [InlineData("{ \"allow\": [{ \"paths\": [\"a\"], \"reason\": \"r\", \"expires\": \"31.1.2027\" }] }", "scan.json:1:57: Here stands a date")]
    [InlineData("{ \"archiveLimits\": { \"dept\": 3 } }", "scan.json:1:22: 'dept' is not known here; did you mean 'depth'?")]
    public void An_error_says_where_it_is_and_what_to_write(string json, string beginning)
    {
        Should.Throw<ConfigurationException>(() => Named(json)).Message.ShouldStartWith(beginning);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n  \"jobs\": ,\n}", 2)]
    [InlineData("{ \"jobs\": 1", 1)]
    [InlineData("{}\n{}", 2)]
    [InlineData("{ \"reason\": \"\\ud800\" }", 1)]
    public void What_is_not_JSON_is_an_error_with_its_line(string json, int line)
    {
        var message = Should.Throw<ConfigurationException>(() => Named(json)).Message;

        message.ShouldStartWith($"scan.json:{line}:");
        message.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void What_is_not_text_is_an_error()
    {
        Should.Throw<ConfigurationException>(() => ConfigurationFile.Parse(new ConfigurationText("scan.json", [0xFF, 0xFE, 0], "", IsFound: false)))
            .Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void No_bytes_at_all_make_it_fail_in_another_way()
    {
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"", "\"allow\"", "\"paths\"", "\"reason\"", "\"a\"", "//", "/*", "\n", "1", "true", "null", "\\u", "é", "\0"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 24].Sample(parts =>
        {
            try
            {
                Named(string.Concat(parts));
            }
            catch (ConfigurationException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        });
    }

    [Theory]
    [InlineData("exclude", "[\"src/**\"]")]
    [InlineData("include", "[\"none\"]")]
    [InlineData("failOn", "\"never\"")]
    [InlineData("allowIncomplete", "true")]
    [InlineData("images", "false")]
    [InlineData("archives", "false")]
    [InlineData("archiveLimits", "{}")]
    [InlineData("rules", "[\"/etc/rules.json\"]")]
    [InlineData("jobs", "1")]
    [InlineData("cache", "false")]
    [InlineData("allowComments", "true")]
    public void A_file_that_lies_in_the_repository_cannot_change_what_is_scanned_or_what_fails(string name, string value)
    {
        Should.Throw<ConfigurationException>(() => Found($$"""{ "{{name}}": {{value}} }""")).Message.ShouldContain($"'{name}' counts only in a file that you name");
    }

    [Fact]
    public void Every_name_but_those_that_allow_is_refused_in_a_file_that_lies_in_the_repository()
    {
        foreach (var name in ConfigurationFile.Names.Except(["$schema", "allow", "baseline"]))
        {
            Should.Throw<ConfigurationException>(() => Found($$"""{ "{{name}}": null }"""), name).Message.ShouldContain("counts only in a file that you name");
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../other/baseline.txt")]
    [InlineData("a/../../b")]
    [InlineData("C:/b")]
    [InlineData("a\\b")]
    public void A_baseline_that_a_file_in_the_repository_names_lies_in_the_repository(string path)
    {
        Found("""{ "baseline": "known/baseline.txt" }""").Baseline.ShouldBe(new BaselineFile("known/baseline.txt", IsInRepository: true));
        Should.Throw<ConfigurationException>(() => Found($$"""{ "baseline": "{{path.Replace("\\", "\\\\", StringComparison.Ordinal)}}" }"""))
            .Message.ShouldContain("lies in the same repository");
    }

    [Fact]
    public void Files_that_a_named_file_names_lie_beside_it()
    {
        var settings = ConfigurationFile.Parse(new ConfigurationText("ci/scan.json", Encoding.UTF8.GetBytes("""{ "baseline": "known.txt", "rules": ["own.json"] }"""), "ci", IsFound: false));

        settings.Baseline.ShouldBe(new BaselineFile(Path.Combine("ci", "known.txt"), IsInRepository: false));
        settings.Rules!.Value.ShouldBe([Path.Combine("ci", "own.json")]);
    }

    private static ScanSettings Named(string json) => ConfigurationFile.Parse(new ConfigurationText("scan.json", Encoding.UTF8.GetBytes(json), "", IsFound: false));

    private static ScanSettings Found(string json) => ConfigurationFile.Parse(new ConfigurationText("atomicpay-scan.json", Encoding.UTF8.GetBytes(json), "", IsFound: true));
}
