namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Counts the bytes of delta bases that all threads hold together, and lets one thread at a time hold very large ones.</summary>
internal sealed class MemoryBudget(long limit) : IDisposable
{
    private readonly SemaphoreSlim _large = new(1);
    private long _held;

    public long Limit => limit;

    public bool IsExceeded => Volatile.Read(ref _held) > limit;

    public void Add(long bytes) => Interlocked.Add(ref _held, bytes);

    public void EnterLarge() => _large.Wait(CancellationToken.None);

    public void LeaveLarge() => _large.Release();

    public void Dispose() => _large.Dispose();
}
