using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>What a commit brings and takes away against its parents, or the index against HEAD.</summary>
internal sealed class ChangeSet
{
    private readonly List<(string Path, FolderEntry Entry)> _removed = [];

    public List<BroughtBlob> Blobs { get; } = [];

    /// <summary>Paths whose last component is a name that was not there before; a new folder stands before what it holds.</summary>
    public List<string> Names { get; } = [];

    public void Remove(string path, FolderEntry entry) => _removed.Add((path, entry));

    /// <summary>The files that are no longer where they were. Reads whole folders, so it is asked only when a key was found.</summary>
    public IEnumerable<(string Path, ObjectId Id)> RemovedFiles(ObjectReader objects)
    {
        var pending = new Stack<(string Path, FolderEntry Entry)>(_removed);
        while (pending.TryPop(out var next))
        {
            if (next.Entry.Kind == GitObjectKind.Blob)
            {
                yield return (next.Path, next.Entry.Id);
            }
            else if (next.Entry.Kind == GitObjectKind.Tree)
            {
                EntriesOf(objects, next.Entry.Id).ForEach(e => pending.Push(($"{next.Path}/{e.Name}", e)));
            }
        }
    }

    // Of a folder that a partial clone lacks it is not known what was in it: then nothing counts as moved from there.
    private static List<FolderEntry> EntriesOf(ObjectReader objects, ObjectId tree)
    {
        try
        {
            return Folder.Read(objects, tree);
        }
        catch (UnreadableObjectException)
        {
            return [];
        }
    }
}
