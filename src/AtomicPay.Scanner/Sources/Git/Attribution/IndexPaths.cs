using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Refs;
using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>The paths at which the index of a work tree has given blobs: what was staged and is not, or not yet, in a commit.</summary>
internal static class IndexPaths
{
    public static ILookup<ObjectId, string> Find(RepositoryLocation location, int hashSize, IReadOnlyCollection<ObjectId> blobs)
    {
        var wanted = blobs.ToHashSet();
        var found = new SortedSet<(string Path, ObjectId Blob)>();
        foreach (var root in wanted.Count > 0 ? References.RootsOf(location) : [])
        {
            found.UnionWith(In(root, hashSize, wanted));
        }

        return found.ToLookup(f => f.Blob, f => f.Path);
    }

    private static ImmutableArray<(string, ObjectId)> In(string gitFolder, int hashSize, HashSet<ObjectId> wanted)
    {
        try
        {
            var index = IndexFile.Read(Path.Join(gitFolder, "index"), hashSize, gitFolder);
            return [.. index.Entries.Where(e => wanted.Contains(index.IdOf(e))).Select(e => (PathText.Decode(index.PathOf(e)), index.IdOf(e)))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Its blobs were scanned all the same: they are only called unreachable.
            return [];
        }
    }
}
