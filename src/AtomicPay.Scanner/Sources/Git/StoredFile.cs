using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Ranges;
using AtomicPay.Scanner.Sources.Git.Refs;
using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>
/// One file of a repository, by its path from the root, as one state of the repository has it; null where that state has none.
/// Links are refused: they could lead out of the repository.
/// </summary>
internal static class StoredFile
{
    private const int Largest = 64 << 20;

    /// <exception cref="InvalidDataException">It is there and cannot be read.</exception>
    public static byte[]? OnDisk(string root, string path)
    {
        var full = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            full = Path.Join(full, part);
            if (new FileInfo(full).LinkTarget is not null)
            {
                throw new InvalidDataException("lies behind a link, which is not followed: it could lead out of the repository");
            }
        }

        try
        {
            switch (FileSystem.Current.KindOf(full))
            {
                case null:
                    return null;
                case not EntryKind.File:
                    throw new InvalidDataException("is not a file");
                default:
                    break;
            }

            using var handle = FileSystem.Current.OpenFile(full);
            var bytes = new byte[SizeOf(RandomAccess.GetLength(handle))];
            var filled = 0;
            while (filled < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(filled), filled) is > 0 and var read)
            {
                filled += read;
            }

            return bytes[..filled];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="InvalidDataException">It is there and cannot be read.</exception>
    public static byte[]? InIndex(RepositoryDiscovery place, string path)
    {
        if (place.Location.HashSize is not { } hashSize)
        {
            return null;
        }

        IndexFile index;
        try
        {
            index = place.ReadIndex(hashSize);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Whoever scans what is staged says so, and that scan is not complete.
            return null;
        }

        try
        {
            var name = PathText.Encode(path);
            foreach (var entry in index.Entries)
            {
                if (entry is { Stage: 0, IsIntentToAdd: false } && index.PathOf(entry).SequenceEqual(name))
                {
                    using var objects = new ObjectReader(place.Location.ObjectsPath, hashSize);
                    return entry.IsLink
                        ? throw new InvalidDataException("is a link, which is not followed: it could lead out of the repository")
                        : Content(objects, index.IdOf(entry));
                }
            }

            return null;
        }
        catch (UnreadableObjectException e)
        {
            throw new InvalidDataException($"is staged and cannot be read: {e.Message}", e);
        }
    }

    /// <param name="location">The repository.</param>
    /// <param name="revision">The commit, as git names it.</param>
    /// <param name="path">The file's path from the root.</param>
    /// <exception cref="InvalidDataException">It is there and cannot be read.</exception>
    public static byte[]? InCommit(RepositoryLocation location, string revision, string path)
    {
        if (location.HashSize is not { } hashSize)
        {
            return null;
        }

        try
        {
            using var objects = new ObjectReader(location.ObjectsPath, hashSize);
            if (new Revisions(location, objects).FindCommit(revision) is not { } commit
                || Folder.Find(objects, RangeCommit.Read(objects, commit, new HashSet<ObjectId>()).Tree, path) is not { } entry)
            {
                return null;
            }

            return entry is { Kind: GitObjectKind.Blob, IsLink: false }
                ? Content(objects, entry.Id)
                : throw new InvalidDataException($"is no regular file in {revision}");
        }
        catch (Exception e) when (e is UnreadableObjectException or UnknownRevisionException)
        {
            // No such revision, or one that cannot be read: whoever scans it says so.
            return null;
        }
    }

    private static byte[] Content(ObjectReader objects, ObjectId blob)
    {
        using var content = objects.Read(blob, GitObjectKind.Blob);
        return content.Span[..SizeOf(content.Length)].ToArray();
    }

    private static int SizeOf(long length) => length <= Largest
        ? (int)length
        : throw new InvalidDataException($"is larger than {Largest >> 20} MiB");
}
