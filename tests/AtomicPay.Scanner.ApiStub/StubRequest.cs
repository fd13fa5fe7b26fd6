namespace AtomicPay.Scanner.ApiStub;

/// <summary>A request that the stub received.</summary>
/// <param name="Method">GET, POST, ...</param>
/// <param name="Path">Without its query.</param>
/// <param name="Query">With its question mark; empty for none.</param>
/// <param name="Key">The key that it was made with; null for none.</param>
/// <param name="Headers">All of its headers but the key.</param>
/// <param name="Body">Its body as text.</param>
internal sealed record StubRequest(
    string Method, string Path, string Query, string? Key, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>What it was answered; 0 while it was not, or when the connection was reset.</summary>
    public int Status { get; set; }

    /// <summary>Masked, as everything that is printed.</summary>
    public override string ToString() => $"{Method} {Path}{Query}  {(Key is null ? "no key" : $"{Key[..Math.Min(Key.Length, 10)]}…")}  {(Status == 0 ? "no answer" : Status)}";
}
