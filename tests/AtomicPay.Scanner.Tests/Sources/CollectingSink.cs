using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Tests.Sources;

/// <summary>Keeps all that a source hands over.</summary>
internal sealed class CollectingSink : IContentSink
{
    public bool WantsWhole { get; init; }

    public Action? OnAccept { get; init; }

    public ConcurrentQueue<(Origin Origin, byte[] Bytes)> Whole { get; } = new();

    public ConcurrentQueue<(ContentWindow Position, byte[] Bytes)> Windows { get; } = new();

    public ConcurrentQueue<Skipped> Skipped { get; } = new();

    public ContentOutcome Accept(ReadOnlySpan<byte> content, Origin origin)
    {
        Whole.Enqueue((origin, content.ToArray()));
        OnAccept?.Invoke();
        return default;
    }

    public ContentOutcome Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position)
    {
        Windows.Enqueue((position, window.ToArray()));
        return default;
    }

    public bool NeedsWhole(ReadOnlySpan<byte> head) => WantsWhole;

    public bool MayHoldKey(ReadOnlySpan<byte> content) => true;

    public void CountClean(long bytes)
    {
    }

    public void CountRemembered(ContentTally tally, IEnumerable<string> cleanPictures)
    {
    }

    public void Skip(Skipped skipped) => Skipped.Enqueue(skipped);
}
