using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Sources.Git;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Where the configuration and the baseline are read, and what their paths mean. Whoever is scanned must not be able to say
/// what is reported of it: a scan of a range takes both from the range's base, so that a pull request cannot silence itself,
/// even where the user names the file. A scan of what is staged takes what is staged with it: the commit in the making then
/// shows the key and what allows it side by side, and an edit that would not be committed does not count. All others take
/// what lies there.
/// </summary>
internal sealed class PolicyFiles
{
    private const string OtherBranches = "refs/remotes/origin/HEAD";

    private readonly ScanOptions _request;
    /// <summary>The work tree's top, or the folder that is scanned where there is no repository; null for a bare one, or when it is not one and the same for all paths.</summary>
    private readonly string? _top;

    /// <summary>For each path of the user: how findings show it, and what it is from the top.</summary>
    private readonly List<(string Shown, string InRepository)> _roots = [];

    public PolicyFiles(ScanOptions request, Func<string, string?> environment)
    {
        _request = request;
        var paths = request.Paths.Where(p => p != "-" && Path.Exists(p)).Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p))).ToList();
        var found = paths.Select(p => RepositoryDiscovery.Find(p, environment)).ToList();
        if (found.Select(f => f?.Location.GitFolder).Distinct().Count() != 1)
        {
            return;
        }

        Repository = found[0];
        _top = Repository is { } repository ? repository.WorkTree
            : paths is [var folder] && Directory.Exists(folder) ? folder
            : null;
        IsWhole = request.Paths is [not "-"] && paths[0] == Path.TrimEndingDirectorySeparator(_top ?? Repository?.Location.GitFolder ?? "");
        if (_top is null || IsOfChanges)
        {
            return;
        }

        foreach (var path in paths)
        {
            var shown = request.Paths.Length == 1 && Directory.Exists(path) ? "" : Scan.DisplayOf(path);
            var fromTop = Path.GetRelativePath(_top, path).Replace('\\', '/');
            _roots.Add((shown, fromTop == "." ? "" : fromTop));
        }
    }

    /// <summary>The repository that is scanned; null where there is none, or more than one.</summary>
    public RepositoryDiscovery? Repository { get; }

    /// <summary>Whether what is scanned is a repository or a folder as a whole, so that what allows nothing there allows nothing at all.</summary>
    public bool IsWhole { get; }

    /// <summary>What was not heeded, as sentences.</summary>
    public List<string> Warnings { get; } = [];

    private bool IsOfChanges => _request.Staged || _request.Range is not null;

    /// <summary>A finding's path from the root of the repository; empty, as of a finding without one, where two paths of the user are shown alike.</summary>
    public string InRepository(string shown)
    {
        foreach (var root in _roots.OrderByDescending(r => r.Shown.Length))
        {
            if (root.Shown.Length == 0)
            {
                return root.InRepository.Length == 0 || shown.Length == 0 ? shown : $"{root.InRepository}/{shown}";
            }

            var rest = shown.StartsWith(root.Shown, StringComparison.Ordinal) ? shown[root.Shown.Length..] : null;
            if (rest is "" || rest?[0] is '/' or '!')
            {
                return _roots.Count(r => r.Shown == root.Shown) > 1 ? ""
                    : root.InRepository.Length == 0 ? rest.TrimStart('/')
                    : root.InRepository + rest;
            }
        }

        return shown;
    }

    /// <param name="name">As the user named it; null to look whether the repository has one.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or one that the user named is not there.</exception>
    public ConfigurationText? Configuration(string? name)
    {
        if (name is not null)
        {
            return Named(name, "configuration") is { } named ? new ConfigurationText(name, named, Path.GetDirectoryName(name) ?? "", IsFound: false) { IsScanned = IsScanned(name) } : null;
        }

        if (IsOfSomebodyElse())
        {
            return null;
        }

        return Found(ConfigurationFile.Name) is { } bytes ? new ConfigurationText(ConfigurationFile.Name, bytes, "", IsFound: true) : null;
    }

    /// <exception cref="ConfigurationException">It cannot be read, or is not there.</exception>
    public byte[]? Baseline(BaselineFile file)
    {
        if (!file.IsInRepository)
        {
            return Named(file.Path, "baseline");
        }

        return Found(file.Path) ?? throw new ConfigurationException($"{ConfigurationFile.Name} names the baseline {file.Path}, which is not there; write it with: atomicpay-scan baseline -o {file.Path}");
    }

    /// <summary>Reads a file that the user named.</summary>
    /// <returns>Null for one that does not count; then <see cref="Warnings"/> say why.</returns>
    /// <exception cref="ConfigurationException">It cannot be read, or is not there.</exception>
    public byte[]? Named(string path, string what)
    {
        if (_request.Range is { } range && Repository is { WorkTree: { } top } && Inside(top, path) is { } inside)
        {
            if (InCommit(BaseOf(range), inside) is { } atBase)
            {
                return atBase;
            }

            // What the range does not bring either, the job that scans it has put there.
            if (InCommit(range.Head, inside) is not null)
            {
                Warnings.Add($"{path} is new in this range, and does not say what is reported of it: it counts once it is merged.");
                return null;
            }
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"There is no {what} {path}{(what == "baseline" ? $"; write it with: atomicpay-scan baseline -o {path}" : ".")}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The {what} {path} cannot be read: {e.Message}", e);
        }
    }

    private bool IsScanned(string path) =>
        _request.Paths.Where(p => p != "-").Append(Repository?.WorkTree).OfType<string>().Any(folder => Inside(Path.GetFullPath(folder), path) is not null);

    private byte[]? Found(string path)
    {
        try
        {
            return _request switch
            {
                { Range: { } range } => InCommit(BaseOf(range), path),
                { Staged: true } => Repository is null ? null : StoredFile.InIndex(Repository, path),
                _ when _top is not null => StoredFile.OnDisk(_top, path),
                _ => InCommit("HEAD", path),
            };
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"{path} {e.Message}.", e);
        }
    }

    private byte[]? InCommit(string revision, string path) => Repository is null ? null : StoredFile.InCommit(Repository.Location, revision, path);

    /// <summary>Of a new branch nothing is left out but what other branches have: then the remote's main branch has the say.</summary>
    private static string BaseOf(RevisionRange range) => range.Base.AsSpan().IndexOfAnyExcept('0') < 0 ? OtherBranches : range.Base;

    /// <summary>
    /// A repository around the folder that is scanned may be a trap: anyone can make one in a folder that all may write to, as
    /// git itself had to learn (CVE-2022-24765).
    /// </summary>
    private bool IsOfSomebodyElse()
    {
        if (IsWhole || _top is null || OperatingSystem.IsWindows() || (File.GetUnixFileMode(_top) & UnixFileMode.OtherWrite) == 0)
        {
            return false;
        }

        Warnings.Add($"{ConfigurationFile.Name} was not looked for around what is scanned, as everybody may write there; if you trust it, name it with --config.");
        return true;
    }

    /// <summary>A path from the top of the work tree; null for one that lies elsewhere. A link to a file in the work tree is that file.</summary>
    private static string? Inside(string top, string path)
    {
        var full = Path.GetFullPath(path);
        var target = File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName : null;
        return ((string?[])[full, target]).OfType<string>()
            .Select(p => Path.GetRelativePath(top, p).Replace('\\', '/'))
            .FirstOrDefault(p => p != ".." && !p.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(p));
    }
}
