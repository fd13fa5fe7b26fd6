using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>The refs of a repository, or those of one work tree, that are kept in tables: what later tables say holds.</summary>
internal sealed class ReftableStack
{
    private readonly SortedDictionary<string, RefValue> _refs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Name, ulong Index), LogEntry> _log = [];

    private ReftableStack(string folder, IEnumerable<string> tables)
    {
        foreach (var name in tables.Select(t => t.Trim()))
        {
            try
            {
                if (TextFile.Bytes(Path.Join(folder, Path.GetFileName(name))) is not { } file)
                {
                    throw new InvalidDataException("it is not there");
                }

                Add(Reftable.Parse(file));
            }
            catch (InvalidDataException e)
            {
                Damage.Add((name, e.Message));
            }
        }
    }

    public IReadOnlyDictionary<string, RefValue> Refs => _refs;

    /// <summary>By name, oldest first.</summary>
    public IEnumerable<(string Name, LogEntry Entry)> Log => _log.Select(e => (e.Key.Name, e.Value));

    /// <summary>Tables that could not be read, with what is wrong with them.</summary>
    public List<(string Table, string Reason)> Damage { get; } = [];

    /// <summary>Null where refs are not kept in tables.</summary>
    public static ReftableStack? Read(string gitFolder)
    {
        // A writer may replace tables between our reading the list and the tables that it names.
        const int Attempts = 5;
        var folder = Path.Join(gitFolder, "reftable");
        var list = Path.Join(folder, "tables.list");
        for (var attempt = 1; ; attempt++)
        {
            if (TextFile.Text(list) is not { } tables)
            {
                return null;
            }

            var stack = new ReftableStack(folder, tables.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            if (stack.Damage.Count == 0 || attempt == Attempts || TextFile.Text(list) == tables)
            {
                return stack;
            }
        }
    }

    private void Add(Reftable table)
    {
        foreach (var (name, value) in table.Refs)
        {
            if (value is { } to)
            {
                _refs[name] = to;
            }
            else
            {
                _refs.Remove(name);
            }
        }

        foreach (var (name, index, entry) in table.Log)
        {
            if (entry is not null)
            {
                _log[(name, index)] = entry;
            }
            else
            {
                _log.Remove((name, index));
            }
        }
    }
}
