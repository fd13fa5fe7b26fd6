using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>Finds the trees that have an entry with one of the wanted ids.</summary>
internal sealed class ParentTreeFinder(ObjectIdFilter wanted, int hashSize) : IObjectSink
{
    /// <summary>Each such tree with those of its entries.</summary>
    public ConcurrentDictionary<ObjectId, List<(string Name, ObjectId Id)>> Trees { get; } = new();

    public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
    {
        List<(string, ObjectId)>? found = null;
        var entries = new TreeEntries(content, hashSize);
        while (entries.MoveNext())
        {
            if (!entries.IsSubmodule && wanted.Contains(entries.Id))
            {
                (found ??= []).Add((PathText.Decode(entries.Name), new ObjectId(entries.Id)));
            }
        }

        if (found is null)
        {
            return false;
        }

        Trees[header.Id] = found;
        return true;
    }

    public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh) => wanted.IsAnyIn(fresh);

    // A tree that does not fit into memory is no tree that git wrote.
    public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
    {
    }

    public void Skip(ObjectId? id, string reason, GitObjectKind? kind)
    {
    }
}
