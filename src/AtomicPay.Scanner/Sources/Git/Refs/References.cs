using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>
/// The refs of a repository and what its reflogs remember, read from their files or tables: that works for repositories which
/// libgit2 refuses to open (SHA-256, reftable, another owner) and never changes anything.
/// </summary>
internal sealed class References
{
    private static readonly string[] PseudoRefs = ["ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD", "BISECT_HEAD", "AUTO_MERGE"];

    private readonly SortedDictionary<string, ObjectId> _refs = new(StringComparer.Ordinal);
    private readonly SortedSet<(string Name, ObjectId Id)> _remembered = [];

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, LogEntry Entry)> _log = [];
    private readonly List<(string File, string Reason)> _damage = [];

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
            if (ReftableStack.Read(root) is { } tables)
            {
                Read(tables);
            }
            else
            {
                ReadRefs(Path.Join(root, "refs"), "refs");
                ReadLogs(Path.Join(root, "logs"), "");
                NameTarget(Path.Join(root, "HEAD"));
            }

            foreach (var name in PseudoRefs)
            {
                foreach (var line in TextFile.Lines(Path.Join(root, name)))
                {
                    Remember(name, line.Split(' ', '\t')[0]);
                }
            }
        }

        Head = new RefLookup(location).Resolve("HEAD");
        if (Head is { } head)
        {
            _remembered.Add(("HEAD", head));
        }
    }

    /// <summary>False where refs could not all be read: then nothing can be called unreachable.</summary>
    public bool AreKnown => _damage.Count == 0;

    /// <summary>Tables of refs that could not be read, with what is wrong with them.</summary>
    public IReadOnlyList<(string File, string Reason)> Damage => _damage;

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

    /// <summary>The logs that are kept in tables, where no other source reads their text.</summary>
    public IReadOnlyList<(string Name, LogEntry Entry)> LogInTables => _log;

    public static References Read(RepositoryLocation location) => new(location);

    /// <summary>Reads a line of a log that is kept in a file; null for what is none.</summary>
    public static LogEntry? ParseLog(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return (tab < 0 ? line : line[..tab]).Split(' ', 3) is [var before, var after, .. var person]
            && ParseId(before) is { } from
            && ParseId(after) is { } to
                ? new LogEntry(from, to, person.FirstOrDefault(""), tab < 0 ? "" : line[(tab + 1)..])
                : null;
    }

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
        if (TextFile.Lines(file).FirstOrDefault() is { } line && RefValue.Parse(line)?.Target is { } target)
        {
            _names.Add(target);
        }
    }

    private void Read(ReftableStack tables)
    {
        _damage.AddRange(tables.Damage.Select(d => ($"reftable/{d.Table}", d.Reason)));
        foreach (var (name, value) in tables.Refs)
        {
            if (name.StartsWith("refs/", StringComparison.Ordinal))
            {
                _names.Add(name);
            }

            if (value.Target is { } target)
            {
                _names.Add(target);
            }
            else if (value.Id is { } id && name.StartsWith("refs/", StringComparison.Ordinal))
            {
                _refs[name] = id;
            }
            else if (value.Id is { } detached)
            {
                _remembered.Add((name, detached));
            }
        }

        foreach (var (name, entry) in tables.Log)
        {
            _log.Add((name, entry));
            Remember(name, entry);
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
                foreach (var line in TextFile.Lines(path))
                {
                    if (ParseLog(line) is { } logged)
                    {
                        Remember(full, logged);
                    }
                }

                NameOf(full);
            }
        }
    }

    private void Remember(string name, LogEntry entry)
    {
        NameOf(name);
        _remembered.Add(($"{name}@{{}}", entry.Before));
        _remembered.Add(($"{name}@{{}}", entry.After));
    }

    private void NameOf(string logged)
    {
        if (logged.StartsWith("refs/", StringComparison.Ordinal))
        {
            _names.Add(logged);
        }
    }

    private void Remember(string name, string hex)
    {
        if (ParseId(hex) is { } id)
        {
            _remembered.Add((name, id));
        }
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
