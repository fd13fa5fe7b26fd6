using AtomicPay.Scanner.ApiStub;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The binary with the stub for its API and a home of its own.</summary>
internal sealed class ApiScanner : IAsyncDisposable
{
    private ApiScanner(StubServer stub) => Stub = stub;

    public StubServer Stub { get; }

    /// <summary>What is scanned.</summary>
    public Workspace Workspace { get; } = new();

    /// <summary>All that the binary may write to, reports apart.</summary>
    public Workspace Home { get; } = new();

    public string AuditPath => Home.PathOf("state/atomicpay-scan/revocations.jsonl");

    public Dictionary<string, string?> Environment => new()
    {
        ["ATOMICPAY_SCAN_API_URL"] = Stub.Url.ToString(),
        ["HOME"] = Home.Root,
        ["TMPDIR"] = Home.Root,
        ["XDG_STATE_HOME"] = Home.PathOf("state"),
        ["XDG_CACHE_HOME"] = Home.PathOf("cache"),
        // The tests themselves may run in a hook or for a pull request.
        ["GIT_INDEX_FILE"] = null,
        ["PRE_COMMIT"] = null,
        ["GITHUB_ACTIONS"] = null,
        ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"] = null,
    };

    public static async Task<ApiScanner> Start(StubOptions? options = null) => new(await StubServer.Start(options ?? new StubOptions()));

    public Task<ScannerRun> Run(params string[] arguments) => RunWith("", arguments);

    public Task<ScannerRun> RunWith(string input, params string[] arguments) => PublishedScanner.Run(Workspace.Root, Environment, input, arguments);

    public async ValueTask DisposeAsync()
    {
        await Stub.DisposeAsync();
        Workspace.Dispose();
        Home.Dispose();
    }
}
