using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>
/// What the names of commits mean, as gitrevisions describes them: refs, ids and their beginnings, <c>@{upstream}</c> and
/// entries of logs, and steps from there to ancestors. The forms that search, by date or by message, are refused.
/// </summary>
internal sealed class Revisions(RepositoryLocation location, ObjectReader objects)
{
    private const int ShortestId = 4;

    // The order in which git looks for a name that is not written out.
    private static readonly string[] Places = ["{0}", "refs/{0}", "refs/tags/{0}", "refs/heads/{0}", "refs/remotes/{0}", "refs/remotes/{0}/HEAD"];

    private readonly RefLookup _refs = new(location);
    private readonly string _config = Path.Join(location.CommonFolder, "config");

    /// <summary>The branch that is checked out, as a full name; null when HEAD is detached.</summary>
    public string? CurrentBranch => _refs.TargetOf("HEAD");

    /// <summary>The commit of HEAD; null when it is not born yet.</summary>
    public ObjectId? Head => _refs.Resolve("HEAD");

    /// <summary>The commit that a name leads to, over tags; null when it leads to none.</summary>
    /// <exception cref="UnknownRevisionException">The name could mean several commits, or is of a form that is not known.</exception>
    public ObjectId? FindCommit(string name)
    {
        if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal))
        {
            // No name, a file of a commit, or a search.
            return null;
        }

        var end = name.AsSpan().IndexOfAny('^', '~');
        var at = Named(end < 0 ? name : name[..end]);
        for (var steps = end < 0 ? "" : name[end..]; at is not null && steps.Length > 0;)
        {
            at = Step(at.Value, name, ref steps);
        }

        return at is { } id ? Peel(id) : null;
    }

    /// <summary>Takes the first of the steps: <c>~3</c>, <c>^2</c> or <c>^{commit}</c>.</summary>
    private ObjectId? Step(ObjectId from, string name, ref string steps)
    {
        if (steps.StartsWith("^{", StringComparison.Ordinal))
        {
            var close = steps.IndexOf('}', StringComparison.Ordinal);
            var kind = close < 0 ? null : steps[2..close];
            steps = close < 0 ? "" : steps[(close + 1)..];
            return kind switch
            {
                "" or "commit" => Peel(from),
                "object" => from,
                "tree" or "blob" => null,
                "tag" => IsTag(from) ? from : null,
                _ => throw NotKnown(name),
            };
        }

        var digits = 1;
        while (digits < steps.Length && char.IsAsciiDigit(steps[digits]))
        {
            digits++;
        }

        var (isAncestor, number) = (steps[0] == '~', digits == 1 ? 1 : int.TryParse(steps.AsSpan(1, digits - 1), out var parsed) ? parsed : int.MaxValue);
        steps = steps[digits..];
        if (steps.Length > 0 && steps[0] is not ('^' or '~'))
        {
            // Among them ^@, ^! and ^-, which mean several commits.
            throw NotKnown(name);
        }

        var at = Peel(from);
        for (var left = isAncestor ? number : 1; left > 0 && number > 0 && at is { } id; left--)
        {
            at = ParentOf(id, isAncestor ? 1 : number);
        }

        return at;
    }

    private ObjectId? Named(string name)
    {
        var at = name.IndexOf("@{", StringComparison.Ordinal);
        if (at >= 0 && name.EndsWith('}'))
        {
            return Remembered(name[..at], name[(at + 2)..^1], name);
        }

        if (ObjectId.TryParse(Encoding.UTF8.GetBytes(name)) is { } id)
        {
            return Follow(id).Kind is null ? null : id;
        }

        return (FullNameOf(name) is { } full ? _refs.Resolve(full) : null) ?? Abbreviated(name);
    }

    private string? FullNameOf(string name) => name is "@" or ""
        ? "HEAD"
        : Places.Select(p => p.Replace("{0}", name, StringComparison.Ordinal)).FirstOrDefault(p => _refs.Resolve(p) is not null);

    /// <summary>What stands in <c>@{…}</c>: an entry of a log, an earlier branch, or the branch that this one follows.</summary>
    private ObjectId? Remembered(string name, string what, string whole)
    {
        if (what.ToLowerInvariant() is "u" or "upstream")
        {
            var branch = name.Length == 0 || name is "HEAD" or "@" ? CurrentBranch : $"refs/heads/{name}";
            return branch is not null && UpstreamOf(branch) is { } upstream ? _refs.Resolve(upstream) : null;
        }

        if (!int.TryParse(what, System.Globalization.NumberStyles.AllowLeadingSign, null, out var number))
        {
            throw NotKnown(whole);
        }

        if (number < 0)
        {
            return name.Length == 0 && EarlierBranch(-number) is { } earlier ? Named(earlier) : null;
        }

        var log = (name.Length == 0 ? CurrentBranch ?? "HEAD" : FullNameOf(name)) is { } full ? _refs.LogOf(full) : [];
        return number < log.Count ? log[log.Count - 1 - number].After
            : number == log.Count && number > 0 ? log[0].Before
            : null;
    }

    private string? EarlierBranch(int checkouts)
    {
        const string Moving = "checkout: moving from ";
        var left = _refs.LogOf("HEAD").Select(e => e.Message).Where(m => m.StartsWith(Moving, StringComparison.Ordinal)).Reverse().Skip(checkouts - 1).FirstOrDefault();
        return left?[Moving.Length..].Split(' ')[0];
    }

    private string? UpstreamOf(string branch)
    {
        const string Heads = "refs/heads/";
        if (!branch.StartsWith(Heads, StringComparison.Ordinal))
        {
            return null;
        }

        var section = $"branch \"{branch[Heads.Length..]}\"";
        if (GitConfig.Read(_config, section, "remote") is not { } remote || GitConfig.Read(_config, section, "merge") is not { } there)
        {
            return null;
        }

        return remote == "." ? there : GitConfig.ReadAll(_config, $"remote \"{remote}\"", "fetch").Select(f => Mapped(there, f)).FirstOrDefault(m => m is not null);
    }

    /// <summary>Where a fetch puts a ref, by a setting such as <c>+refs/heads/*:refs/remotes/origin/*</c>.</summary>
    private static string? Mapped(string name, string fetch)
    {
        if (fetch.TrimStart('+').Split(':') is not [var from, var to])
        {
            return null;
        }

        var star = from.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? from == name ? to : null
            : name.StartsWith(from[..star], StringComparison.Ordinal) && name.EndsWith(from[(star + 1)..], StringComparison.Ordinal)
                ? to.Replace("*", name[star..^(from.Length - star - 1)], StringComparison.Ordinal)
                : null;
    }

    /// <summary>The one commit whose id begins so, or, as <c>git describe</c> writes it, ends in <c>-g</c> and so.</summary>
    private ObjectId? Abbreviated(string name)
    {
        var described = name.LastIndexOf("-g", StringComparison.Ordinal);
        var digits = described < 0 ? name : name[(described + 2)..];
        if (digits.Length < ShortestId || digits.Length > 2 * objects.HashSize || !digits.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var found = objects.FindByPrefix(digits).Where(id => Peel(id) is not null).Take(2).ToList();
        return found.Count < 2
            ? found.Cast<ObjectId?>().FirstOrDefault()
            : throw new UnknownRevisionException($"--range: '{name}' is the beginning of several ids; write more of it.");
    }

    private ObjectId? Peel(ObjectId id)
    {
        for (var tags = 0; tags < TagRecord.MostNested; tags++)
        {
            var (kind, next) = Follow(id);
            if (kind != GitObjectKind.Tag || next.IsEmpty)
            {
                return kind == GitObjectKind.Commit ? id : null;
            }

            id = next[0];
        }

        return null;
    }

    private bool IsTag(ObjectId id) => Follow(id).Kind == GitObjectKind.Tag;

    private ObjectId? ParentOf(ObjectId commit, int number) =>
        Follow(commit) is (GitObjectKind.Commit, var parents) && number <= parents.Length ? parents[number - 1] : null;

    /// <summary>What an object is, and what a tag names or a commit descends from; no kind for one that cannot be read.</summary>
    private (GitObjectKind? Kind, ImmutableArray<ObjectId> Next) Follow(ObjectId id)
    {
        using var content = objects.TryRead(id, out _);
        return (content?.Kind, content?.Kind switch
        {
            GitObjectKind.Commit => CommitRecord.TryParse(id, content.Span)?.Parents ?? [],
            GitObjectKind.Tag => TagRecord.TryParse(id, content.Span) is { } tag ? [tag.Target] : [],
            _ => [],
        });
    }

    private static UnknownRevisionException NotKnown(string name) =>
        new($"--range: '{name}' is a way to name commits that is not known here; write a branch, a tag or an id, with ~N or ^N behind it.");
}
