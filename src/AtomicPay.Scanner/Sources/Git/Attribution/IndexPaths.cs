using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>The paths at which the index of a work tree has given blobs: what was staged and is not, or not yet, in a commit.</summary>
internal static class IndexPaths
{
    public static ILookup<ObjectId, string> Find(RepositoryLocation location, IReadOnlyCollection<ObjectId> blobs)
    {
        var wanted = blobs.ToHashSet();
        var found = new SortedSet<(string Path, ObjectId Blob)>();

        // The index of a SHA-256 repository is not read, and its blobs stay without a path.
        foreach (var root in location.HashSize == ObjectFormat.Sha1Bytes && wanted.Count > 0 ? References.RootsOf(location) : [])
        {
            found.UnionWith(In(root, wanted));
        }

        return found.ToLookup(f => f.Blob, f => f.Path);
    }

    private static ImmutableArray<(string, ObjectId)> In(string gitFolder, HashSet<ObjectId> wanted)
    {
        try
        {
            var index = IndexFile.Read(Path.Join(gitFolder, "index"), gitFolder);
            return [.. index.Entries.Where(e => wanted.Contains(index.IdOf(e))).Select(e => (PathText.Decode(index.PathOf(e)), index.IdOf(e)))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Its blobs were scanned all the same: they are only called unreachable.
            return [];
        }
    }
}
