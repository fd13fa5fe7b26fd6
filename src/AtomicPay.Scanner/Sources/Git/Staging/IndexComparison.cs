using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Changes;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>
/// Compares the index with HEAD's tree. Where the cache-tree says which tree a folder makes and HEAD has the same one there,
/// neither is looked into: what it costs follows what is staged, not how many files there are.
/// </summary>
internal sealed class IndexComparison(IndexFile index, Repository repository)
{
    private readonly ChangeSet _changes = new();
    private readonly Stack<Folder> _pending = new();

    public ChangeSet Compare(Tree? head, CancellationToken cancellation)
    {
        Enter(new Folder(0, index.Entries.Length, 0, index.Tree, head));
        while (_pending.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            CompareFolder(folder);
        }

        return _changes;
    }

    private void Enter(Folder folder)
    {
        if (folder is not { Cached.Id: { } cached, Head: { } head } || cached != Of(head.Id))
        {
            _pending.Push(folder);
        }
    }

    private void CompareFolder(Folder folder)
    {
        // Compared by the text that libgit2 makes of a name; what is reported is made from the index's own bytes.
        var before = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        foreach (var entry in folder.Head ?? Enumerable.Empty<TreeEntry>())
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
            var name = Encoding.UTF8.GetString(slash < 0 ? rest : rest[..slash]);
            var old = before.GetValueOrDefault(name);
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
            CompareBelow(new Folder(start, i, prefix.Length, cached, old?.Target as Tree), old);
        }

        foreach (var gone in before.Values.Where(e => !kept.Contains(e.Name)))
        {
            _changes.Remove((folder.Prefix == 0 ? "" : PathOf(folder)) + gone.Name, gone);
        }
    }

    private void CompareFile(IndexEntry entry, TreeEntry? old, bool isFirst)
    {
        var id = index.IdOf(entry);
        if (entry.IsSubmodule || entry.IsIntentToAdd || (old is not null && Of(old.Target.Id) == id))
        {
            return;
        }

        var path = PathText.Decode(index.PathOf(entry));
        if (old is null && isFirst)
        {
            _changes.Names.Add(path);
        }

        if (old?.TargetType == TreeEntryTargetType.Tree)
        {
            _changes.Remove(path, old);
        }

        _changes.Blobs.Add(new BroughtBlob(path, id, old?.TargetType == TreeEntryTargetType.Blob ? [Of(old.Target.Id)] : []));
    }

    private void CompareBelow(Folder folder, TreeEntry? old)
    {
        var path = PathOf(folder);
        if (old is null && !Array.TrueForAll(index.Entries[folder.Start..folder.End], e => e.IsIntentToAdd))
        {
            _changes.Names.Add(path[..^1]);
        }

        if (old?.TargetType == TreeEntryTargetType.Blob)
        {
            _changes.Remove(path[..^1], old);
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
    private void CompareSparseFolder(IndexEntry entry, Tree? head)
    {
        if (head is not null && Of(head.Id) == index.IdOf(entry))
        {
            return;
        }

        var staged = repository.Lookup<Tree>(new LibGit2Sharp.ObjectId(index.IdOf(entry).ToArray()))
            ?? throw new NotFoundException($"the tree {index.IdOf(entry)} is missing");
        var below = TreeComparison.Compare(staged, head is null ? [] : [head], CancellationToken.None);
        var prefix = PathText.Decode(index.PathOf(entry));
        _changes.Blobs.AddRange(below.Blobs.Select(b => b with { Path = prefix + b.Path }));
        _changes.Names.AddRange(below.Names.Select(n => prefix + n));
    }

    private string PathOf(Folder folder) => PathText.Decode(index.PathOf(index.Entries[folder.Start])[..folder.Prefix]);

    private static ObjectId Of(LibGit2Sharp.ObjectId id) => new(id.RawId);

    /// <param name="Start">The first of the index's entries in the folder.</param>
    /// <param name="End">The entry after the last.</param>
    /// <param name="Prefix">Bytes of the folder's path with its slash.</param>
    /// <param name="Cached">What the cache-tree says of it.</param>
    /// <param name="Head">What HEAD has there.</param>
    private readonly record struct Folder(int Start, int End, int Prefix, CachedTree? Cached, Tree? Head);
}
