using AtomicPay.Scanner.Api;
using AtomicPay.Scanner.Api.Revoking;
using AtomicPay.Scanner.ApiStub;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Tests.Api;

/// <summary>The stub, a client of it, and an audit file; in fast time.</summary>
internal sealed class ApiSide : IAsyncDisposable
{
    private readonly Workspace _workspace = new();
    private readonly List<IDisposable> _open = [];

    private ApiSide(StubServer stub, TimeProvider time) => (Stub, Time) = (stub, time);

    public StubServer Stub { get; }

    public TimeProvider Time { get; }

    public ApiOptions Options { get; set; } = new();

    public string AuditPath => _workspace.PathOf("state/revocations.jsonl");

    public static async Task<ApiSide> Start(StubOptions? options = null)
    {
        var time = new FastTime();
        var stub = await StubServer.Start((options ?? new StubOptions()) with { Time = time });
        return new ApiSide(stub, time)
        {
            // Hundredths of a second of real time, but enough of them for a busy machine.
            Options = new ApiOptions { Url = stub.Url, Timeout = TimeSpan.FromSeconds(500), Patience = TimeSpan.FromSeconds(3000) },
        };
    }

    public Verifier Verifier() => new(Client(), Options);

    public Task<Verification> Verify(string key, VerifyMode mode = VerifyMode.Liveness) =>
        Verifier().Verify(Secret(key), mode, TestContext.Current.CancellationToken);

    /// <summary>One run of the tool as far as revoking goes: opens the audit file, revokes, closes it.</summary>
    public async Task<(Verification Verification, Revocation Revocation)> Revoke(string key, CancellationToken? cancellation = null)
    {
        var client = Client();
        using var audit = AuditFile.Open(AuditPath, Time);
        var revoker = new Revoker(client, new Verifier(client, Options), audit, Options, new RevokeOptions(), Time);
        return await revoker.Revoke(Secret(key), cancellation ?? TestContext.Current.CancellationToken);
    }

    public static Secret Secret(string key) => new(key, "atpay_");

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(o => o.Dispose());
        await Stub.DisposeAsync();
        _workspace.Dispose();
    }

    private ApiClient Client()
    {
        var client = new ApiClient(Options, Time);
        _open.Add(client);
        return client;
    }
}
