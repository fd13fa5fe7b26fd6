using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>What a walk needs of a commit.</summary>
/// <param name="Parents">None where a shallow clone was cut off.</param>
/// <param name="Date">The committer's: it is the one that seldom is before a parent's.</param>
internal sealed record RangeCommit(ObjectId Id, ObjectId Tree, ImmutableArray<ObjectId> Parents, DateTimeOffset? AuthorDate, long Date)
{
    /// <exception cref="UnreadableObjectException">It is missing or damaged.</exception>
    public static RangeCommit Read(ObjectReader objects, ObjectId id, IReadOnlySet<ObjectId> shallow)
    {
        using var content = objects.Read(id, GitObjectKind.Commit);
        return CommitRecord.TryParse(id, content.Span) is { } commit
            ? new RangeCommit(id, commit.Tree, shallow.Contains(id) ? [] : commit.Parents, commit.AuthorDate, CommitRecord.DateOf(content.Span, "committer "u8)?.ToUnixTimeSeconds() ?? 0)
            : throw new UnreadableObjectException($"commit {id} is damaged");
    }
}
