using System.Text.Json;
using AtomicPay.Scanner.Api;
using AtomicPay.Scanner.ApiStub;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Tests.Api;

/// <summary>The contract that is written down is the one that is sent, and the one that the stub keeps.</summary>
public sealed class RevocationContractTests : IDisposable
{
    private readonly JsonDocument _contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "src/AtomicPay.Scanner/Api/Revoking/revocation.openapi.json")));

    private JsonElement Operation => Root.GetProperty("paths").EnumerateObject().Single().Value.GetProperty("post");

    private JsonElement Root => _contract.RootElement;

    [Fact]
    public void Host_and_path_are_the_defaults()
    {
        var defaults = new ApiOptions();

        Root.GetProperty("openapi").GetString().ShouldBe("3.1.0");
        new Uri(Root.GetProperty("servers")[0].GetProperty("url").GetString()!).ShouldBe(defaults.Url);
        Root.GetProperty("paths").EnumerateObject().Single().Name.ShouldBe(defaults.Paths[ApiOptions.RevokePath]);
        StubApi.RevokePath.ShouldBe(defaults.Paths[ApiOptions.RevokePath]);
    }

    [Fact]
    public void The_body_that_is_sent_is_the_one_that_is_asked_for()
    {
        using var body = JsonDocument.Parse(ApiClient.ReasonBody(new RevokeOptions().Reason));
        var schema = Operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        body.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(schema.GetProperty("required").EnumerateArray().Select(n => n.GetString()!));
        schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ShouldBe(["reason"]);
        new RevokeOptions().Reason.Length.ShouldBeLessThanOrEqualTo(schema.GetProperty("properties").GetProperty("reason").GetProperty("maxLength").GetInt32());
    }

    [Theory]
    [InlineData("Revokes")]
    [InlineData("RevokesLater")]
    [InlineData("Refuses")]
    public async Task The_stub_answers_as_it_says(string behavior)
    {
        await using var api = await ApiSide.Start(new StubOptions { Revocation = Enum.Parse<RevocationBehavior>(behavior) });
        await api.Revoke(api.Stub.Keys.Issue());
        var request = api.Stub.Requests.First(r => r.Method == "POST");

        Operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldContain($"{request.Status}");
        foreach (var header in Operation.GetProperty("parameters").EnumerateArray())
        {
            request.Headers.Keys.ShouldContain(header.GetProperty("name").GetString()!);
        }
    }

    public void Dispose() => _contract.Dispose();
}
