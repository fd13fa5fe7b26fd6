using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Lfs;

/// <summary>The contents that Git LFS keeps beside a repository: those that were fetched or are still to be pushed.</summary>
internal sealed class LfsStore
{
    public LfsStore(RepositoryLocation location)
    {
        // A path that the repository names is taken as it stands in its own folder, as git-lfs takes it.
        var storage = GitConfig.Read(Path.Join(location.CommonFolder, "config"), "lfs", "storage") is { Length: > 0 } named
            ? Path.GetFullPath(Path.Combine(location.CommonFolder, named.Replace("\0", "", StringComparison.Ordinal)))
            : Path.Join(location.CommonFolder, "lfs");
        Folder = Path.Join(storage, "objects");
    }

    public string Folder { get; }

    /// <summary>Where a content lies; null when it is not here.</summary>
    public string? Find(LfsPointer pointer) =>
        Path.Join(Folder, pointer.Oid[..2], pointer.Oid[2..4], pointer.Oid) is var path && File.Exists(path) ? path : null;

    /// <summary>The paths of all contents, sorted.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    public IReadOnlyList<string> List()
    {
        var files = new List<string>();
        foreach (var first in Below(Folder, EntryKind.Folder))
        {
            foreach (var second in Below(first, EntryKind.Folder))
            {
                files.AddRange(Below(second, EntryKind.File));
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static List<string> Below(string folder, EntryKind wanted)
    {
        var found = new List<string>();
        if (Directory.Exists(folder))
        {
            FileSystem.Current.ReadFolder(folder, (name, kind) =>
            {
                if (kind == wanted)
                {
                    found.Add(Path.Join(folder, name));
                }
            });
        }

        return found;
    }
}
