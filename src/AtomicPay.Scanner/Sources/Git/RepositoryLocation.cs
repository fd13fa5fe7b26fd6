using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Where a repository lies on disk.</summary>
/// <param name="GitFolder">The folder that holds <c>HEAD</c>: <c>.git</c>, a bare repository, or a linked work tree's own folder.</param>
/// <param name="CommonFolder">The folder that holds objects and refs; another than <paramref name="GitFolder"/> for linked work trees.</param>
/// <param name="DisplayPath">The repository's folder relative to the scanned root; empty for the root itself.</param>
internal sealed record RepositoryLocation(string GitFolder, string CommonFolder, string DisplayPath)
{
    /// <summary>Bytes of an object's name; null for a format that is not known.</summary>
    public int? HashSize => ObjectFormat.ReadHashSize(Path.Join(CommonFolder, "config"));

    public string ObjectsPath => Path.Join(CommonFolder, "objects");

    /// <summary>Whether a folder with these entries is a repository's own folder, by the test that git itself makes.</summary>
    public static bool IsGitFolder(IReadOnlyCollection<(string Name, EntryKind Kind)> entries) =>
        entries.Any(e => e is ("HEAD", EntryKind.File or EntryKind.Link))
        && entries.Any(e => e is ("objects", EntryKind.Folder))
        && entries.Any(e => e is ("refs", EntryKind.Folder));

    public static RepositoryLocation OfGitFolder(string gitFolder, string displayPath)
    {
        var common = TextFile.Text(Path.Join(gitFolder, "commondir")) is { } relative
            ? FullPath(gitFolder, relative.TrimEnd('\n', '\r'))
            : gitFolder;
        return new RepositoryLocation(gitFolder, common, displayPath);
    }

    /// <summary>The repository that has its work tree at a folder, or is bare there; null when there is none.</summary>
    public static RepositoryLocation? At(string folder, string displayPath)
    {
        var dotGit = Path.Join(folder, ".git");
        if (File.Exists(dotGit))
        {
            const string Marker = "gitdir:";
            return TextFile.Text(dotGit)?.Trim() is { } text
                && text.StartsWith(Marker, StringComparison.Ordinal)
                && FullPath(folder, text[Marker.Length..].Trim()) is var target
                && Directory.Exists(target)
                    ? OfGitFolder(target, displayPath)
                    : null;
        }

        var candidate = Directory.Exists(dotGit) ? dotGit : folder;
        return File.Exists(Path.Join(candidate, "HEAD")) && Directory.Exists(Path.Join(candidate, "objects")) && Directory.Exists(Path.Join(candidate, "refs"))
            || (File.Exists(Path.Join(candidate, "HEAD")) && File.Exists(Path.Join(candidate, "commondir")))
            ? OfGitFolder(candidate, displayPath)
            : null;
    }

    /// <summary>A path that a repository names, made absolute; a null byte in it, which no file system has, leads nowhere.</summary>
    private static string FullPath(string folder, string path) =>
        path.Contains('\0', StringComparison.Ordinal) ? folder : Path.GetFullPath(Path.Combine(folder, path));
}
