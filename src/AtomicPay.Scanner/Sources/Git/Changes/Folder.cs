using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>Reads trees.</summary>
internal static class Folder
{
    /// <exception cref="UnreadableObjectException">The tree cannot be read.</exception>
    public static List<FolderEntry> Read(ObjectReader objects, ObjectId tree)
    {
        var read = new List<FolderEntry>();
        using var content = objects.Read(tree, GitObjectKind.Tree);
        var entries = new TreeEntries(content.Span, objects.HashSize);
        while (entries.MoveNext())
        {
            read.Add(EntryOf(entries));
        }

        return read;
    }

    /// <summary>Reads two versions of a folder, without what stands in both: that is nearly all of them, and to make text of it would cost the most.</summary>
    /// <exception cref="UnreadableObjectException">A tree cannot be read.</exception>
    public static (List<FolderEntry> Now, List<FolderEntry> Before) ReadDifference(ObjectReader objects, ObjectId tree, ObjectId parent)
    {
        var (now, before) = (new List<FolderEntry>(), new List<FolderEntry>());
        using var ourContent = objects.Read(tree, GitObjectKind.Tree);
        using var theirContent = objects.Read(parent, GitObjectKind.Tree);
        var ours = new TreeEntries(ourContent.Span, objects.HashSize);
        var theirs = new TreeEntries(theirContent.Span, objects.HashSize);
        var (hasOurs, hasTheirs) = (ours.MoveNext(), theirs.MoveNext());
        while (hasOurs || hasTheirs)
        {
            var order = !hasOurs ? 1 : !hasTheirs ? -1 : ours.Name.SequenceCompareTo(theirs.Name);
            if (order == 0 && ours.Id.SequenceEqual(theirs.Id) && ours.IsFolder == theirs.IsFolder)
            {
                (hasOurs, hasTheirs) = (ours.MoveNext(), theirs.MoveNext());
                continue;
            }

            // A tree sorts folders as if their names ended in a slash; a pair that this order misses is kept on both sides.
            if (order <= 0)
            {
                now.Add(EntryOf(ours));
                hasOurs = ours.MoveNext();
            }

            if (order >= 0)
            {
                before.Add(EntryOf(theirs));
                hasTheirs = theirs.MoveNext();
            }
        }

        return (now, before);
    }

    /// <summary>The blob at a path below a tree; null when there is none.</summary>
    /// <exception cref="UnreadableObjectException">A tree on the way cannot be read.</exception>
    public static FolderEntry? Find(ObjectReader objects, ObjectId tree, string path)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var name = PathText.Encode(parts[i]);
            using var content = objects.Read(tree, GitObjectKind.Tree);
            var entries = new TreeEntries(content.Span, objects.HashSize);
            FolderEntry? found = null;
            while (found is null && entries.MoveNext())
            {
                found = entries.Name.SequenceEqual(name) ? EntryOf(entries) : null;
            }

            if (i == parts.Length - 1 || found is not { Kind: GitObjectKind.Tree } folder)
            {
                return i == parts.Length - 1 ? found : null;
            }

            tree = folder.Id;
        }

        return null;
    }

    private static FolderEntry EntryOf(in TreeEntries entry) =>
        new(PathText.Decode(entry.Name), new ObjectId(entry.Id), entry.IsSubmodule ? GitObjectKind.Commit : entry.IsFolder ? GitObjectKind.Tree : GitObjectKind.Blob, entry.IsLink);
}
