using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>The repository that git would use for a path, as its hooks are told through the environment.</summary>
/// <param name="Location">Where the repository lies.</param>
/// <param name="WorkTree">The top of its work tree; null for a bare repository.</param>
/// <param name="IndexFile">The index in use: of <c>git commit -a</c> and <c>git commit FILE</c> a temporary one.</param>
internal sealed record RepositoryDiscovery(RepositoryLocation Location, string? WorkTree, string IndexFile)
{
    private IndexFile? _index;

    /// <summary>What is staged, as it was when it was first asked for: what is scanned and the configuration for it are of one state.</summary>
    /// <param name="hashSize">Bytes of an object's name.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not known.</exception>
    public IndexFile ReadIndex(int hashSize) => _index ??= Staging.IndexFile.Read(IndexFile, hashSize, Location.GitFolder);

    /// <summary>
    /// Looks upwards from a path. <c>GIT_DIR</c> counts for the current folder, which is where git runs a hook, and
    /// <c>GIT_INDEX_FILE</c> for that same repository: a path elsewhere means what lies there.
    /// </summary>
    /// <returns>Null when there is no repository.</returns>
    public static RepositoryDiscovery? Find(string path, Func<string, string?> environment)
    {
        var start = Path.GetFullPath(path);
        var current = Environment.CurrentDirectory;
        var ambient = FromEnvironment(current, environment) ?? Upwards(current);
        var found = start == current ? ambient : Upwards(start);
        return found is not null && found.Location.GitFolder == ambient?.Location.GitFolder && Value("GIT_INDEX_FILE", environment) is { } index
            ? found with { IndexFile = Path.GetFullPath(index, found.WorkTree ?? current) }
            : found;
    }

    private static RepositoryDiscovery? FromEnvironment(string current, Func<string, string?> environment) =>
        Value("GIT_DIR", environment) is { } gitFolder && Directory.Exists(gitFolder)
            ? Of(
                RepositoryLocation.OfGitFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(gitFolder, current)), ""),
                Path.GetFullPath(Value("GIT_WORK_TREE", environment) ?? ".", current))
            : null;

    private static RepositoryDiscovery? Upwards(string start)
    {
        for (var folder = File.Exists(start) ? Path.GetDirectoryName(start) : start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (RepositoryLocation.At(folder, "") is { } location)
            {
                var isItself = Path.TrimEndingDirectorySeparator(location.GitFolder) == Path.TrimEndingDirectorySeparator(folder);
                return Of(location, isItself ? null : folder);
            }
        }

        return null;
    }

    private static RepositoryDiscovery Of(RepositoryLocation location, string? workTree) =>
        new(location, workTree, Path.Join(location.GitFolder, "index"));

    private static string? Value(string name, Func<string, string?> environment) =>
        environment(name) is { Length: > 0 } value ? value : null;
}
