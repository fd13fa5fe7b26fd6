using AtomicPay.Scanner.Content;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>What a commit brings and takes away against its parents, or the index against HEAD.</summary>
internal sealed class ChangeSet
{
    private readonly List<(string Path, TreeEntry Entry)> _removed = [];

    public List<BroughtBlob> Blobs { get; } = [];

    /// <summary>Paths whose last component is a name that was not there before; a new folder stands before what it holds.</summary>
    public List<string> Names { get; } = [];

    public void Remove(string path, TreeEntry entry) => _removed.Add((path, entry));

    /// <summary>The files that are no longer where they were. Reads whole folders, so it is asked only when a key was found.</summary>
    public IEnumerable<(string Path, ObjectId Id)> RemovedFiles()
    {
        var pending = new Stack<(string Path, TreeEntry Entry)>(_removed);
        while (pending.TryPop(out var next))
        {
            if (next.Entry.TargetType == TreeEntryTargetType.Blob)
            {
                yield return (next.Path, new ObjectId(next.Entry.Target.Id.RawId));
            }
            else if (next.Entry.TargetType == TreeEntryTargetType.Tree)
            {
                EntriesOf((Tree)next.Entry.Target).ForEach(e => pending.Push(($"{next.Path}/{e.Name}", e)));
            }
        }
    }

    // Of a folder that a partial clone lacks it is not known what was in it: then nothing counts as moved from there.
    private static List<TreeEntry> EntriesOf(Tree tree)
    {
        try
        {
            return [.. tree];
        }
        catch (NotFoundException)
        {
            return [];
        }
    }
}
