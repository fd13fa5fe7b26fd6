using System.Text;
using System.Text.Json;
using AtomicPay.Scanner.Config;
using NJsonSchema;

namespace AtomicPay.Scanner.Tests.Config;

/// <summary>The schema that editors read, and the loader, say the same.</summary>
public sealed class ConfigurationSchemaTests
{
    private static readonly string _file = Path.Combine(Checkout.Root, "src/AtomicPay.Scanner/Config/atomicpay-scan.schema.json");

    [Fact]
    public void The_schema_knows_the_names_that_the_loader_knows()
    {
        var root = JsonDocument.Parse(File.ReadAllText(_file)).RootElement;
        var properties = root.GetProperty("properties");

        NamesIn(root).ShouldBe(ConfigurationFile.Names, ignoreOrder: true);
        NamesIn(properties.GetProperty("allow").GetProperty("items")).ShouldBe(ConfigurationFile.NamesOfAllowEntries, ignoreOrder: true);
        NamesIn(properties.GetProperty("api")).ShouldBe(ConfigurationFile.NamesOfApi, ignoreOrder: true);
        NamesIn(properties.GetProperty("api").GetProperty("properties").GetProperty("paths")).ShouldBe(new ApiOptions().Paths.Keys, ignoreOrder: true);
        NamesIn(properties.GetProperty("archiveLimits")).ShouldBe(ConfigurationFile.NamesOfArchiveLimits, ignoreOrder: true);
        properties.GetProperty("failOn").GetProperty("enum").EnumerateArray().Select(e => e.GetString()).ShouldBe(FailOnName.All);
        properties.GetProperty("jobs").GetProperty("maximum").GetInt32().ShouldBe(ScanOptions.MostJobs);
    }

    [Fact]
    public void Every_property_is_described()
    {
        Described(JsonDocument.Parse(File.ReadAllText(_file)).RootElement);

        static void Described(JsonElement element)
        {
            if (element.TryGetProperty("properties", out var properties))
            {
                foreach (var property in properties.EnumerateObject())
                {
                    property.Value.GetProperty("description").GetString().ShouldNotBeNullOrEmpty(property.Name);
                    Described(property.Value.TryGetProperty("items", out var items) ? items : property.Value);
                }
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "$schema": "x", "failOn": "never", "images": false, "archives": true, "cache": false, "jobs": 4, "allowIncomplete": true, "allowComments": false }""")]
    [InlineData("""{ "allow": [{ "paths": ["**/*.md"], "reason": "r", "expires": "2027-01-31" }, { "rules": ["x"], "reason": "r" }] }""")]
    [InlineData("""{ "include": ["a"], "exclude": ["b"], "rules": ["c"], "baseline": "d", "archiveLimits": { "depth": 2, "members": 5, "totalBytes": 1000, "memberBytes": 10 } }""")]
    [InlineData("""{ "api": { "url": "https://gateway.example/atomicpay", "auth": "x-api-key", "paths": { "verify": "/v2/products" }, "timeout": 2.5, "proxy": "http://proxy.example:3128" } }""")]
    public async Task What_the_loader_takes_is_valid(string json)
    {
        Load(json);
        (await Errors(json)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "failOn": "sometimes" }""")]
    [InlineData("""{ "unknown": 1 }""")]
    [InlineData("""{ "jobs": 0 }""")]
    [InlineData("""{ "jobs": "4" }""")]
    [InlineData("""{ "images": 1 }""")]
    [InlineData("""{ "allow": [{ "paths": ["a"] }] }""")]
    [InlineData("""{ "allow": [{ "reason": "r" }] }""")]
    [InlineData("""{ "allow": [{ "paths": [], "reason": "r" }] }""")]
    [InlineData("""{ "allow": [{ "keys": ["abc"], "reason": "r" }] }""")]
    [InlineData("""{ "allow": [{ "paths": ["a"], "reason": "", "expires": "2027-01-31" }] }""")]
    [InlineData("""{ "allow": [{ "paths": ["a"], "reason": "r", "expires": "soon" }] }""")]
    [InlineData("""{ "archiveLimits": { "depth": 0 } }""")]
    [InlineData("""{ "api": { "url": "api.atomicpay.com.br" } }""")]
    [InlineData("""{ "api": { "auth": "basic" } }""")]
    [InlineData("""{ "api": { "timeout": "10" } }""")]
    [InlineData("""{ "api": { "timeout": 0 } }""")]
    [InlineData("""{ "api": { "paths": { "verify": "//evil.example/v1" } } }""")]
    [InlineData("""{ "api": { "paths": { "cards.read": "/v1/cards" } } }""")]
    public async Task What_the_loader_refuses_is_invalid(string json)
    {
        Should.Throw<ConfigurationException>(() => Load(json));
        (await Errors(json)).ShouldNotBeEmpty();
    }

    private static void Load(string json) => ConfigurationFile.Parse(new ConfigurationText("scan.json", Encoding.UTF8.GetBytes(json), "", IsFound: false));

    private static async Task<IEnumerable<string>> Errors(string json)
    {
        var schema = await JsonSchema.FromFileAsync(_file, TestContext.Current.CancellationToken);
        return schema.Validate(json).Select(e => e.ToString());
    }

    private static IEnumerable<string> NamesIn(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);
}
