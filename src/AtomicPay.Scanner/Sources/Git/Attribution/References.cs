using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>
/// The refs of a repository and what its reflogs remember, read from their files: that works for repositories which LibGit2Sharp
/// refuses to open (SHA-256, another owner) and never changes anything.
/// </summary>
internal sealed class References
{
    private const string Symbolic = "ref: ";

    private static readonly string[] PseudoRefs = ["ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD", "BISECT_HEAD", "AUTO_MERGE"];

    private readonly SortedDictionary<string, ObjectId> _refs = new(StringComparer.Ordinal);
    private readonly SortedSet<(string Name, ObjectId Id)> _remembered = [];

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    private References(RepositoryLocation location)
    {
        foreach (var line in TextFile.Lines(Path.Join(location.CommonFolder, "packed-refs")))
        {
            if (line.Split(' ', 2) is [var hex, var name] && ParseId(hex) is { } id)
            {
                _refs[name] = id;
                _names.Add(name);
            }
        }

        foreach (var root in RootsOf(location))
        {
            ReadRefs(Path.Join(root, "refs"), "refs");
            ReadLogs(Path.Join(root, "logs"), "");
            NameTarget(Path.Join(root, "HEAD"));
            foreach (var name in PseudoRefs)
            {
                foreach (var line in TextFile.Lines(Path.Join(root, name)))
                {
                    Remember(name, line.Split(' ', '\t')[0]);
                }
            }
        }

        Head = Resolve(Path.Join(location.GitFolder, "HEAD"));
        if (Head is { } head)
        {
            _remembered.Add(("HEAD", head));
        }

        AreKnown = !Directory.Exists(Path.Join(location.CommonFolder, "reftable"));
    }

    /// <summary>False where refs are kept in a way that is not read here (reftable): then nothing can be called unreachable.</summary>
    public bool AreKnown { get; }

    /// <summary>What HEAD leads to; null when it is unborn.</summary>
    public ObjectId? Head { get; }

    /// <summary>Full names, sorted, with the object that each points to.</summary>
    public IEnumerable<(string Name, ObjectId Id)> Refs => _refs.Select(r => (r.Key, r.Value));

    /// <summary>
    /// Full names, sorted: also of symbolic refs and what they lead to, of refs that are damaged or not born yet, and of those
    /// of which only the log is left.
    /// </summary>
    public IEnumerable<string> Names => _names;

    /// <summary>What reflogs, HEAD and the like remember, sorted: <c>refs/stash@{}</c> for an entry of that ref's log.</summary>
    public IEnumerable<(string Name, ObjectId Id)> Remembered => _remembered;

    public static References Read(RepositoryLocation location) => new(location);

    /// <summary>The repository's folder and those of its linked work trees: each has a HEAD, an index and logs of its own.</summary>
    public static ImmutableArray<string> RootsOf(RepositoryLocation location)
    {
        var worktrees = Path.Join(location.CommonFolder, "worktrees");
        var roots = ImmutableArray.Create(location.CommonFolder);
        roots = location.GitFolder == location.CommonFolder ? roots : roots.Add(location.GitFolder);
        return [.. roots, .. Entries(worktrees).Where(e => e.Kind == EntryKind.Folder).Select(e => Path.Join(worktrees, e.Name))];
    }

    private void ReadRefs(string folder, string name)
    {
        foreach (var entry in Entries(folder))
        {
            var (path, full) = (Path.Join(folder, entry.Name), $"{name}/{entry.Name}");
            if (entry.Kind == EntryKind.Folder)
            {
                ReadRefs(path, full);
            }
            else if (entry.Kind == EntryKind.File)
            {
                _names.Add(full);
                NameTarget(path);
                if (TextFile.Lines(path).FirstOrDefault() is { } line && ParseId(line) is { } id)
                {
                    // A loose ref is newer than a packed one of the same name.
                    _refs[full] = id;
                }
            }
        }
    }

    private void NameTarget(string file)
    {
        if (TextFile.Lines(file).FirstOrDefault() is { } line && line.StartsWith(Symbolic, StringComparison.Ordinal))
        {
            _names.Add(line[Symbolic.Length..].Trim());
        }
    }

    private void ReadLogs(string folder, string name)
    {
        foreach (var entry in Entries(folder))
        {
            var (path, full) = (Path.Join(folder, entry.Name), name.Length == 0 ? entry.Name : $"{name}/{entry.Name}");
            if (entry.Kind == EntryKind.Folder)
            {
                ReadLogs(path, full);
            }
            else if (entry.Kind == EntryKind.File)
            {
                if (full.StartsWith("refs/", StringComparison.Ordinal))
                {
                    _names.Add(full);
                }

                foreach (var line in TextFile.Lines(path))
                {
                    if (line.Split(' ', 3) is [var before, var after, ..])
                    {
                        Remember($"{full}@{{}}", before);
                        Remember($"{full}@{{}}", after);
                    }
                }
            }
        }
    }

    private void Remember(string name, string hex)
    {
        if (ParseId(hex) is { } id)
        {
            _remembered.Add((name, id));
        }
    }

    private ObjectId? Resolve(string file)
    {
        return TextFile.Lines(file).FirstOrDefault() is not { } line ? null
            : line.StartsWith(Symbolic, StringComparison.Ordinal) ? (_refs.TryGetValue(line[Symbolic.Length..].Trim(), out var id) ? id : null)
            : ParseId(line);
    }

    private static ObjectId? ParseId(string hex) => ObjectId.TryParse(Encoding.UTF8.GetBytes(hex.Trim()));

    private static List<(string Name, EntryKind Kind)> Entries(string folder)
    {
        var entries = new List<(string, EntryKind)>();
        try
        {
            FileSystem.Current.ReadFolder(folder, (name, kind) => entries.Add((name, kind)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Most repositories lack most of these folders; one that cannot be listed was reported by the scan of the files.
        }

        return entries;
    }
}
