using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>
/// Compares a tree with those of all parents at once: what equals one parent was not brought here, so only what differs
/// from every parent is looked into. That is what a merge itself brought, and for a first commit everything.
/// </summary>
internal static class TreeComparison
{
    /// <exception cref="UnreadableObjectException">A tree cannot be read.</exception>
    public static ChangeSet Compare(ObjectReader objects, ObjectId tree, IReadOnlyCollection<ObjectId> parents, CancellationToken cancellation)
    {
        var changes = new ChangeSet();
        // A stack of its own: how deep the folders of a repository nest is up to whoever made it.
        var pending = new Stack<(string Path, ObjectId Tree, IReadOnlyCollection<ObjectId> Parents)>();
        Push("", tree, parents);
        while (pending.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            CompareFolder(objects, next, changes, Push);
        }

        return changes;

        void Push(string path, ObjectId at, IReadOnlyCollection<ObjectId> before)
        {
            if (!before.Contains(at))
            {
                pending.Push((path, at, before));
            }
        }
    }

    private static void CompareFolder(
        ObjectReader objects,
        (string Path, ObjectId Tree, IReadOnlyCollection<ObjectId> Parents) folder,
        ChangeSet changes,
        Action<string, ObjectId, IReadOnlyCollection<ObjectId>> enter)
    {
        var (now, old, kept) = Differences(objects, folder.Tree, folder.Parents);
        var before = old.ToLookup(e => e.Name, StringComparer.Ordinal);
        foreach (var entry in now)
        {
            var entryPath = folder.Path + entry.Name;
            if (!before.Contains(entry.Name))
            {
                changes.Names.Add(entryPath);
            }
            else if (before[entry.Name].Any(e => e.Id == entry.Id))
            {
                // Only its mode is new, or the order of the names hid that it is the same.
                continue;
            }

            if (entry.Kind == GitObjectKind.Tree)
            {
                enter($"{entryPath}/", entry.Id, IdsOf(before[entry.Name], GitObjectKind.Tree));
            }
            else if (entry.Kind == GitObjectKind.Blob)
            {
                changes.Blobs.Add(new BroughtBlob(entryPath, entry.Id, IdsOf(before[entry.Name], GitObjectKind.Blob)));
            }
        }

        foreach (var gone in old.Where(e => !kept.Contains((e.Name, e.Kind))))
        {
            changes.Remove(folder.Path + gone.Name, gone);
        }
    }

    /// <summary>What a folder has that no parent has, what some parent has instead, and which of the names there it still has.</summary>
    private static (List<FolderEntry> Now, List<FolderEntry> Before, HashSet<(string Name, GitObjectKind Kind)> Kept) Differences(
        ObjectReader objects, ObjectId tree, IReadOnlyCollection<ObjectId> parents)
    {
        if (parents.Count == 0)
        {
            return (Folder.Read(objects, tree), [], []);
        }

        List<FolderEntry>? now = null;
        List<FolderEntry> before = [];
        HashSet<(string, GitObjectKind)> kept = [];
        foreach (var parent in parents)
        {
            var (differing, other) = Folder.ReadDifference(objects, tree, parent);
            kept.UnionWith(differing.Select(e => (e.Name, e.Kind)));
            before.AddRange(other);
            now = now is null ? differing : [.. now.Intersect(differing)];
        }

        return (now!, before, kept);
    }

    private static ImmutableArray<ObjectId> IdsOf(IEnumerable<FolderEntry> entries, GitObjectKind kind) =>
        [.. entries.Where(e => e.Kind == kind).Select(e => e.Id)];
}
