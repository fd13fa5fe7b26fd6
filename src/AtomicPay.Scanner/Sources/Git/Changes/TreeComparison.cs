using System.Collections.Immutable;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>
/// Compares a tree with those of all parents at once: what equals one parent was not brought here, so only what differs
/// from every parent is looked into. That is what a merge itself brought, and for a first commit everything.
/// </summary>
internal static class TreeComparison
{
    public static ChangeSet Compare(Tree tree, IReadOnlyCollection<Tree> parents, CancellationToken cancellation)
    {
        var changes = new ChangeSet();
        // A stack of its own: how deep the folders of a repository nest is up to whoever made it.
        var pending = new Stack<(string Path, Tree Tree, IReadOnlyCollection<Tree> Parents)>();
        Push("", tree, parents);
        while (pending.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            CompareFolder(next.Path, next.Tree, next.Parents, changes, Push);
        }

        return changes;

        void Push(string path, Tree at, IReadOnlyCollection<Tree> before)
        {
            if (before.All(p => p.Id != at.Id))
            {
                pending.Push((path, at, before));
            }
        }
    }

    private static void CompareFolder(
        string path, Tree tree, IReadOnlyCollection<Tree> parents, ChangeSet changes, Action<string, Tree, IReadOnlyCollection<Tree>> enter)
    {
        var before = parents.SelectMany(p => p).ToLookup(e => e.Name, StringComparer.Ordinal);
        var kept = new HashSet<(string, TreeEntryTargetType)>();
        foreach (var entry in tree)
        {
            kept.Add((entry.Name, entry.TargetType));
            var entryPath = path + entry.Name;
            if (!before.Contains(entry.Name))
            {
                changes.Names.Add(entryPath);
            }
            else if (before[entry.Name].Any(e => e.Target.Id == entry.Target.Id))
            {
                continue;
            }

            if (entry.TargetType == TreeEntryTargetType.Tree)
            {
                enter($"{entryPath}/", (Tree)entry.Target, [.. before[entry.Name].Select(e => e.Target).OfType<Tree>()]);
            }
            else if (entry.TargetType == TreeEntryTargetType.Blob)
            {
                changes.Blobs.Add(new BroughtBlob(entryPath, new ObjectId(entry.Target.Id.RawId), BlobsOf(before[entry.Name])));
            }
        }

        foreach (var gone in before.SelectMany(e => e).Where(e => !kept.Contains((e.Name, e.TargetType))))
        {
            changes.Remove(path + gone.Name, gone);
        }
    }

    private static ImmutableArray<ObjectId> BlobsOf(IEnumerable<TreeEntry> entries) =>
        [.. entries.Where(e => e.TargetType == TreeEntryTargetType.Blob).Select(e => new ObjectId(e.Target.Id.RawId))];
}
