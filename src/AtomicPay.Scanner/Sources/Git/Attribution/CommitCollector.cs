using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>Keeps every commit and annotated tag of a database. What is damaged was reported when it was scanned.</summary>
internal sealed class CommitCollector : IObjectSink
{
    public ConcurrentDictionary<ObjectId, CommitRecord> Commits { get; } = new();

    public ConcurrentDictionary<ObjectId, TagRecord> Tags { get; } = new();

    public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
    {
        var id = header.Id;
        if (header.Kind == GitObjectKind.Commit && CommitRecord.TryParse(id, content) is { } commit)
        {
            Commits[id] = commit;
        }
        else if (header.Kind == GitObjectKind.Tag && TagRecord.TryParse(id, content) is { } tag)
        {
            Tags[id] = tag;
        }

        return true;
    }

    public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh) => true;

    public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
    {
        if (offset == 0)
        {
            Accept(header, window);
        }
    }

    public void Skip(ObjectId? id, string reason, GitObjectKind? kind)
    {
    }
}
