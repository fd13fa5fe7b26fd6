using System.Buffers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>Looks up single refs as the work tree at hand sees them, without reading all others.</summary>
internal sealed class RefLookup(RepositoryLocation location)
{
    // As in git.
    private const int MostSymbolic = 5;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ~^:?*[\\\u007F");
    private static readonly string[] OfEachWorkTree = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"];

    private readonly Lazy<ReftableStack?> _shared = new(() => ReftableStack.Read(location.CommonFolder));
    private readonly Lazy<ReftableStack?> _own = new(() => ReftableStack.Read(location.GitFolder));
    private readonly Lazy<string[]> _packed = new(() => TextFile.Lines(Path.Join(location.CommonFolder, "packed-refs")));

    /// <summary>What a ref leads to, over symbolic ones; null when there is none of that full name, or it is not born yet.</summary>
    public ObjectId? Resolve(string name)
    {
        for (var step = 0; step <= MostSymbolic && Find(name) is { } value; step++)
        {
            if (value.Target is not { } target)
            {
                return value.Id;
            }

            name = target;
        }

        return null;
    }

    /// <summary>The full name of the ref that a symbolic one leads to; null for any other.</summary>
    public string? TargetOf(string name) => Find(name)?.Target;

    /// <summary>The log of a ref, oldest first.</summary>
    public IReadOnlyList<LogEntry> LogOf(string name)
    {
        if (!IsValid(name))
        {
            return [];
        }

        return TablesOf(name) is { } tables
            ? [.. tables.Log.Where(l => l.Name == name).Select(l => l.Entry)]
            : [.. TextFile.Lines(Path.Join(FolderOf(name), "logs", name)).Select(References.ParseLog).OfType<LogEntry>()];
    }

    private RefValue? Find(string name)
    {
        if (!IsValid(name))
        {
            return null;
        }

        // FETCH_HEAD and MERGE_HEAD are files wherever refs are kept.
        return TablesOf(name) is { } tables && tables.Refs.TryGetValue(name, out var value) ? value
            : TablesOf(name) is not null && (name == "HEAD" || name.Contains('/', StringComparison.Ordinal)) ? null
            : TextFile.Lines(Path.Join(FolderOf(name), name)).FirstOrDefault() is { } line ? RefValue.Parse(line)
            : Array.Find(_packed.Value, l => l.Length > name.Length && l.EndsWith(name, StringComparison.Ordinal) && l[^(name.Length + 1)] == ' ') is { } packed ? RefValue.Parse(packed)
            : null;
    }

    private ReftableStack? TablesOf(string name) => IsShared(name) ? _shared.Value : _own.Value;

    private string FolderOf(string name) => IsShared(name) ? location.CommonFolder : location.GitFolder;

    private static bool IsShared(string name) =>
        name.StartsWith("refs/", StringComparison.Ordinal) && !Array.Exists(OfEachWorkTree, p => name.StartsWith(p, StringComparison.Ordinal));

    /// <summary>Whether git would take it for a ref's name, as far as it matters for a path that is made of it.</summary>
    private static bool IsValid(string name) =>
        name.Split('/').All(part => part.Length > 0 && part[0] != '.')
        && !name.Contains("..", StringComparison.Ordinal)
        && name.AsSpan().IndexOfAny(Forbidden) < 0
        && name.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0;
}
