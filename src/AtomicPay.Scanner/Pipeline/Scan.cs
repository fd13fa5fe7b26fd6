using System.Collections.Immutable;
using System.Diagnostics;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Remembered;
using AtomicPay.Scanner.Triage;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>One scan from the paths that the user named to the findings: the only place that knows every stage.</summary>
internal sealed class Scan : IDisposable
{
    private readonly ScanOptions _options;
    private readonly RuleSet _rules;
    private readonly CancellationToken _cancellation;
    private readonly PictureScanner? _pictures;
    private readonly ContainerLimits? _containers;
    private readonly ContentScanner _content;
    private readonly PathFilter _filter;
    private readonly PolicyFiles _policy;
    private readonly FindingTriage _triage;

    // Put off because the digest takes longer than a scan of a few files.
    private readonly Lazy<PackCache?> _packs;
    private volatile string _phase = "";

    /// <exception cref="ConfigurationException">The baseline cannot be read.</exception>
    public Scan(ScanOptions options, RuleSet rules, PolicyFiles policy, CancellationToken cancellation)
    {
        _options = options;
        _rules = rules;
        _cancellation = cancellation;
        _pictures = options.Images ? new PictureScanner(rules, cancellation) { Album = options.Previews ? new PreviewAlbum(PreviewAlbum.Usual) : null } : null;
        _containers = options.Archives ? LimitsOf(options.ArchiveLimits) : null;
        _content = new ContentScanner(rules, _pictures, _containers, cancellation) { Shard = options.Shard };
        _filter = new PathFilter(options.Include, options.Exclude);
        _policy = policy;
        _triage = new FindingTriage(
            options.AllowComments,
            new Allowlist(options.Allow, DateOnly.FromDateTime(DateTime.UtcNow)),
            options is { HeedBaseline: true, Baseline: { } file } && policy.Baseline(file) is { } text ? new Baseline(file.Path, text) : null,
            policy.InRepository,
            rules);
        _packs = new Lazy<PackCache?>(OpenPackCache);
    }

    /// <summary>What is being read now and how much was read so far; may be asked from any thread.</summary>
    public ScanActivity Activity => new(_phase, _content.Counts, _content.Detections.Select(d => d.Secret).Distinct().Count());

    /// <exception cref="ScanRequestException">What was asked for does not exist.</exception>
    public ScanResult Run()
    {
        var clock = Stopwatch.StartNew();
        var repositories = new List<RepositoryLocation>();
        var interrupted = false;
        using var changes = OpenChanges();
        try
        {
            if (changes is not null)
            {
                Read(changes.Source);
            }
            else
            {
                foreach (var path in _options.Paths)
                {
                    ScanPath(path, repositories);
                }
            }
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
        }

        _phase = "looking up commits";
        var detections = KnownKeys.Settle(_content.Detections);
        var places = changes is not null ? changes.PlacesOf(detections) : new ObjectPlaces(repositories, _content, _options.Jobs).Of;
        var findings = FindingAssembly.Assemble(detections, places)
            .Where(f => f.Place.Path == "-" || _filter.Admits(f.Place.Path.Split("!/")[0]))
            .Select(f => (Finding: f, Suppression: _triage.SuppressionOf(f)))
            .ToList();
        ImmutableArray<SuppressedFinding> suppressed = [.. findings.Where(f => f.Suppression is not null).Select(f => new SuppressedFinding(f.Finding, f.Suppression!))];
        var skipped = _content.Skipped.Distinct()
            .OrderBy(s => s.Origin.ToString(), StringComparer.Ordinal)
            .ThenBy(s => s.Reason, StringComparer.Ordinal);
        var result = new ScanResult(
            string.Join(' ', _options.Paths),
            FindingAssembly.Relate([.. findings.Where(f => f.Suppression is null).Select(f => f.Finding)]),
            [.. skipped],
            _content.Counts,
            clock.Elapsed,
            interrupted)
        {
            Rules = _rules,
            Purges = _options.PurgePlan is null ? [] : PurgeSearch.Search(repositories, detections, _rules, findings.Where(f => f.Suppression is null).Select(f => f.Finding)),
            Suppressed = suppressed,
            SuppressedCount = suppressed.Length,
            Scope = _options switch
            {
                { Staged: true } => ScanScope.Staged,
                { Range: not null } => ScanScope.Range,
                { History: false } => ScanScope.Worktree,
                { WorkTree: false } => ScanScope.History,
                _ => ScanScope.Full,
            },
        };
        var isWhole = IsWhole(result);
        return result with { IsWhole = isWhole, Warnings = [.. _policy.Warnings, .. _triage.Expired, .. isWhole ? _triage.Stale : []] };
    }

    public void Dispose() => _pictures?.Dispose();

    private static ContainerLimits LimitsOf(ArchiveLimits limits)
    {
        var defaults = new ContainerLimits();
        return defaults with
        {
            Depth = limits.Depth ?? defaults.Depth,
            Members = limits.Members ?? defaults.Members,
            TotalBytes = limits.TotalBytes ?? defaults.TotalBytes,
            MemberBytes = limits.MemberBytes ?? defaults.MemberBytes,
        };
    }

    private bool IsWhole(ScanResult result) =>
        _policy.IsWhole && result is { IsComplete: true, Scope: ScanScope.Full }
        && _options is { Images: true, Archives: true, Shard: null, Include.IsEmpty: true, Exclude.IsEmpty: true };

    private ChangesOfRepository? OpenChanges() =>
        _options.Staged || _options.Range is not null ? ChangesOfRepository.Open(_options, _policy.Repository, _rules, _pictures, _containers, _filter) : null;

    private PackCache? OpenPackCache()
    {
        if (!_options.Cache || CacheFolder.OfUser(Environment.GetEnvironmentVariable) is not { } folder)
        {
            return null;
        }

        // Every option that changes what is found in an object belongs here; else one scan would answer for another.
        // The builds, because a version says little of what a tool does that is still being worked on.
        var (tool, rules) = (typeof(Scan).Module.ModuleVersionId, typeof(RuleSet).Module.ModuleVersionId);
        return new PackCache(folder, $"tool {tool}\nengine {rules}\nrules {_rules.Digest}\nimages {_options.Images}\narchives {_containers}\nshard {_options.Shard}");
    }

    private void ScanPath(string path, List<RepositoryLocation> repositories)
    {
        if (path == "-")
        {
            Read(new StandardInput());
            return;
        }

        var display = DisplayOf(path);
        switch (KindOf(path, display))
        {
            case EntryKind.File:
                Read(new SingleFile(path, display));
                break;
            case EntryKind.Folder:
                ScanFolder(path, _options.Paths.Length == 1 ? "" : display, repositories);
                break;
            case EntryKind.Special:
                _content.Skip(new Skipped(new Origin.File(display), "is a socket, pipe or device, not a file or folder"));
                break;
            default:
                break;
        }
    }

    private EntryKind? KindOf(string path, string display)
    {
        try
        {
            if (FileSystem.Current.KindOf(path) is { } kind)
            {
                return kind;
            }

            var isLink = new FileInfo(path).LinkTarget is not null;
            _content.Skip(new Skipped(new Origin.File(display), isLink ? "is a link that leads nowhere" : "does not exist"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _content.Skip(new Skipped(new Origin.File(display), $"cannot be read: {e.Message}"));
        }

        return null;
    }

    private void ScanFolder(string path, string displayPrefix, List<RepositoryLocation> repositories)
    {
        var found = ImmutableArray.CreateBuilder<RepositoryLocation>();
        if (RepositoryLocation.At(path, displayPrefix) is { } location)
        {
            found.Add(location);
        }
        else if (_options.History && File.Exists(Path.Join(path, ".git")))
        {
            _content.Skip(new Skipped(new Origin.File(".git"), "names a repository that is not there, so no history was scanned"));
        }

        if (_options.WorkTree)
        {
            var tree = new FolderTree(path, displayPrefix, _filter);
            Read(tree);
            found.AddRange(tree.Repositories);
        }
        else if (found.Count == 0)
        {
            _content.Skip(new Skipped(new Origin.File(DisplayOf(path)), "is not a git repository, and its files were left out by --no-worktree"));
        }

        foreach (var repository in found.DistinctBy(r => r.ObjectsPath).Where(r => !repositories.Exists(known => known.ObjectsPath == r.ObjectsPath)))
        {
            repositories.Add(repository);
            if (!_options.WorkTree || !IsBelow(repository.CommonFolder, path))
            {
                // The walk over the files did not come by.
                Read(new FolderTree(repository.CommonFolder, DisplayOfGitFolder(repository, path), _filter));
            }

            Read(new RefNameSource(repository));
            if (!_options.History)
            {
                continue;
            }

            Read(new MissingHistory(repository));
            var pointers = new LfsPointers();
            Read(new ObjectDatabaseSource(repository, _rules.LongestAnchor, pointers, _packs.Value));
            Read(new LfsSource(repository, pointers));
        }
    }

    private static bool IsBelow(string folder, string root)
    {
        var relative = Path.GetRelativePath(root, folder);
        return relative != ".." && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    /// <summary>Where reports show what git keeps beside the objects: the same for a linked work tree, whose repository lies elsewhere.</summary>
    private static string DisplayOfGitFolder(RepositoryLocation repository, string path) =>
        Path.GetRelativePath(path, repository.CommonFolder) == "." ? repository.DisplayPath
        : repository.DisplayPath.Length == 0 ? ".git"
        : $"{repository.DisplayPath}/.git";

    private void Read(ISource source)
    {
        _phase = source.Activity;
        source.Read(_content, _options.Jobs, _cancellation);
    }

    /// <summary>A path as reports show it: as typed, but never an absolute path of this machine.</summary>
    public static string DisplayOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, full).Replace('\\', '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetFileName(full)
            : relative;
    }
}
