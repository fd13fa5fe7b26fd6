using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>
/// Compares the index with HEAD's tree. Where the cache-tree says which tree a folder makes and HEAD has the same one there,
/// neither is looked into: what it costs follows what is staged, not how many files there are.
/// </summary>
internal sealed class IndexComparison(IndexFile index, ObjectReader objects)
{
    private readonly ChangeSet _changes = new();
    private readonly Stack<IndexFolder> _pending = new();

    public ChangeSet Compare(ObjectId? head, CancellationToken cancellation)
    {
        Enter(new IndexFolder(0, index.Entries.Length, 0, index.Tree, head));
        while (_pending.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            CompareFolder(folder);
        }

        return _changes;
    }

    private void Enter(IndexFolder folder)
    {
        if (folder is not { Cached.Id: { } cached, Head: { } head } || cached != head)
        {
            _pending.Push(folder);
        }
    }

    private void CompareFolder(IndexFolder folder)
    {
        var before = new Dictionary<string, FolderEntry>(StringComparer.Ordinal);
        foreach (var entry in folder.Head is { } head ? Folder.Read(objects, head) : [])
        {
            before.TryAdd(entry.Name, entry);
        }

        var kept = new HashSet<string>(StringComparer.Ordinal);
        for (var i = folder.Start; i < folder.End;)
        {
            var entry = index.Entries[i];
            var path = index.PathOf(entry);
            var rest = path[folder.Prefix..];
            var slash = rest.IndexOf((byte)'/');
            var name = PathText.Decode(slash < 0 ? rest : rest[..slash]);
            FolderEntry? old = before.TryGetValue(name, out var found) ? found : null;
            var isFirst = kept.Add(name);
            if (slash < 0)
            {
                CompareFile(entry, old, isFirst);
                i++;
                continue;
            }

            var start = i;
            var prefix = path[..(folder.Prefix + slash + 1)];
            for (i++; i < folder.End && index.PathOf(index.Entries[i]).StartsWith(prefix); i++)
            {
            }

            var cached = folder.Cached?.Folders.GetValueOrDefault(name);
            CompareBelow(new IndexFolder(start, i, prefix.Length, cached, old is { Kind: GitObjectKind.Tree } tree ? tree.Id : null), old);
        }

        foreach (var gone in before.Values.Where(e => !kept.Contains(e.Name)))
        {
            _changes.Remove((folder.Prefix == 0 ? "" : PathOf(folder)) + gone.Name, gone);
        }
    }

    private void CompareFile(IndexEntry entry, FolderEntry? old, bool isFirst)
    {
        var id = index.IdOf(entry);
        if (entry.IsSubmodule || entry.IsIntentToAdd || old?.Id == id)
        {
            return;
        }

        var path = PathText.Decode(index.PathOf(entry));
        if (old is null && isFirst)
        {
            _changes.Names.Add(path);
        }

        if (old is { Kind: GitObjectKind.Tree } folder)
        {
            _changes.Remove(path, folder);
        }

        _changes.Blobs.Add(new BroughtBlob(path, id, old is { Kind: GitObjectKind.Blob } file ? [file.Id] : []));
    }

    private void CompareBelow(IndexFolder folder, FolderEntry? old)
    {
        var path = PathOf(folder);
        if (old is null && !Array.TrueForAll(index.Entries[folder.Start..folder.End], e => e.IsIntentToAdd))
        {
            _changes.Names.Add(path[..^1]);
        }

        if (old is { Kind: GitObjectKind.Blob } file)
        {
            _changes.Remove(path[..^1], file);
        }

        var first = index.Entries[folder.Start];
        if (first.IsFolder && first.PathLength == folder.Prefix)
        {
            CompareSparseFolder(first, folder.Head);
        }
        else
        {
            Enter(folder);
        }
    }

    /// <summary>A folder that a sparse index holds as one entry: it differs from HEAD only after a reset or a merge outside of the sparse files.</summary>
    private void CompareSparseFolder(IndexEntry entry, ObjectId? head)
    {
        if (head == index.IdOf(entry))
        {
            return;
        }

        var below = TreeComparison.Compare(objects, index.IdOf(entry), head is { } before ? [before] : [], CancellationToken.None);
        var prefix = PathText.Decode(index.PathOf(entry));
        _changes.Blobs.AddRange(below.Blobs.Select(b => b with { Path = prefix + b.Path }));
        _changes.Names.AddRange(below.Names.Select(n => prefix + n));
    }

    private string PathOf(IndexFolder folder) => PathText.Decode(index.PathOf(index.Entries[folder.Start])[..folder.Prefix]);

    /// <param name="Start">The first of the index's entries in the folder.</param>
    /// <param name="End">The entry after the last.</param>
    /// <param name="Prefix">Bytes of the folder's path with its slash.</param>
    /// <param name="Cached">What the cache-tree says of it.</param>
    /// <param name="Head">What HEAD has there.</param>
    private readonly record struct IndexFolder(int Start, int End, int Prefix, CachedTree? Cached, ObjectId? Head);
}
