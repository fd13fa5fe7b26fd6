using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>Takes a little while for each object, so that there is time to share the work.</summary>
internal sealed class ThreadCountingSink : IObjectSink
{
    private int _objects;

    public int Objects => _objects;

    public ConcurrentDictionary<int, bool> Threads { get; } = [];

    public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
    {
        Thread.SpinWait(2000);
        Threads[Environment.CurrentManagedThreadId] = true;
        Interlocked.Increment(ref _objects);
        return true;
    }

    public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh) => true;

    public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
    {
    }

    public void Skip(ObjectId? id, string reason, GitObjectKind? kind) => reason.ShouldBeNull();
}
