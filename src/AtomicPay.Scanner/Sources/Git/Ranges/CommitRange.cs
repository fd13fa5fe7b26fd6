using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>The commits that one revision reaches and another does not.</summary>
internal sealed class CommitRange
{
    private const string RemoteRefs = "refs/remotes/";

    private CommitRange(RangeCommit? head, ImmutableArray<RangeCommit> commits, IReadOnlySet<ObjectId> shallow, ImmutableArray<string> gaps)
    {
        Head = head;
        Commits = commits;
        Shallow = shallow;
        Gaps = gaps;
    }

    /// <summary>Where the range ends; null when it ends at a branch that was deleted.</summary>
    public RangeCommit? Head { get; }

    /// <summary>Parents before children.</summary>
    public ImmutableArray<RangeCommit> Commits { get; }

    /// <summary>Commits whose parents a shallow clone lacks.</summary>
    public IReadOnlySet<ObjectId> Shallow { get; }

    /// <summary>What a shallow clone lacks of the range, as reasons why the scan is not complete.</summary>
    public ImmutableArray<string> Gaps { get; }

    /// <param name="location">Where the names mean something.</param>
    /// <param name="objects">Where its commits are read.</param>
    /// <param name="baseName">The revision that is left out; all zeros for whatever other remote branches have.</param>
    /// <param name="headName">The revision that is scanned.</param>
    /// <param name="fromMergeBase">
    /// Whether to leave out the merge base rather than the base. What the head reaches and the base does not is the same either
    /// way; but a clone that lacks the merge base cannot know it.
    /// </param>
    /// <exception cref="UnknownRevisionException">A name leads to no commit.</exception>
    public static CommitRange Resolve(RepositoryLocation location, ObjectReader objects, string baseName, string headName, bool fromMergeBase)
    {
        if (IsZero(headName))
        {
            return new CommitRange(null, [], new HashSet<ObjectId>(), []);
        }

        var shallow = ShallowBoundary(location);
        var revisions = new Revisions(location, objects);
        var head = revisions.FindCommit(headName) ?? throw Unknown(headName, shallow);
        if (IsZero(baseName))
        {
            return Between(objects, shallow, head, OtherRemoteTips(location, revisions, head, headName), _ => []);
        }

        if (revisions.FindCommit(baseName) is { } from)
        {
            return Between(objects, shallow, head, [from], haveMet => fromMergeBase && !haveMet && shallow.Count > 0
                ? [$"this clone is shallow and lacks the commit from which {baseName} and {headName} went apart; {Deepen}"]
                : []);
        }

        // Whole ids are what CI hands over. One that a shallow clone lacks is a gap, not a typing error.
        return shallow.Count > 0 && ObjectId.TryParse(Encoding.UTF8.GetBytes(baseName)) is not null
            ? Between(objects, shallow, head, [], _ => [$"this clone is shallow and lacks the range's base {baseName}: all commits that are here were scanned; {Deepen}"])
            : throw Unknown(baseName, shallow);
    }

    private static string Deepen => "fetch its history with: git fetch --unshallow (for actions/checkout: fetch-depth: 0)";

    private static CommitRange Between(
        ObjectReader objects, HashSet<ObjectId> shallow, ObjectId head, IEnumerable<ObjectId> without, Func<bool, ImmutableArray<string>> gapsOf)
    {
        var walk = new CommitWalk(objects, shallow);
        var commits = walk.Between(head, without);
        return new CommitRange(RangeCommit.Read(objects, head, shallow), commits, shallow,
        [
            .. gapsOf(walk.HaveMet),
            .. walk.Unread.Select(u => $"the range's history is not whole: {u}"),
            .. commits.Where(c => shallow.Contains(c.Id))
                .Select(c => $"this clone is shallow and lacks the parents of commit {c.Id}: all of its files were scanned as if it had brought them; {Deepen}"),
        ]);
    }

    private static HashSet<ObjectId> ShallowBoundary(RepositoryLocation location) =>
        [.. TextFile.Lines(Path.Join(location.CommonFolder, "shallow")).Select(line => ObjectId.TryParse(Encoding.UTF8.GetBytes(line.Trim()))).OfType<ObjectId>()];

    /// <summary>
    /// The tips of remote branches other than the one that is being pushed: the branch of the same name or, where the range
    /// ends at no branch, as on a CI checkout of a commit, the only one that stands at that commit.
    /// </summary>
    private static IEnumerable<ObjectId> OtherRemoteTips(RepositoryLocation location, Revisions revisions, ObjectId head, string headName)
    {
        const string Heads = "refs/heads/";
        var name = headName is "HEAD" or "@" && revisions.CurrentBranch is { } branch ? branch : headName;
        name = name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : name;
        var remotes = References.Read(location).Refs
            .Where(r => r.Name.StartsWith(RemoteRefs, StringComparison.Ordinal))
            .Select(r => (BranchOf: r.Name[RemoteRefs.Length..], Tip: r.Id))
            .ToList();
        var own = remotes.Where(r => r.BranchOf[(r.BranchOf.IndexOf('/', StringComparison.Ordinal) + 1)..] == name).ToList();
        var here = remotes.Where(r => r.Tip == head).ToList();
        if (own.Count == 0 && here.Count == 1)
        {
            own = here;
        }

        return remotes.Except(own).Select(r => r.Tip);
    }

    private static UnknownRevisionException Unknown(string name, HashSet<ObjectId> shallow) => new(
        $"--range: there is no commit '{name}' in this repository"
        + (shallow.Count > 0 ? $"; this clone is shallow: {Deepen}" : "; for a branch of a remote write origin/NAME, and for a new branch forty zeros as BASE")
        + ".");

    private static bool IsZero(string name) => name.Length is 40 or 64 && name.AsSpan().IndexOfAnyExcept('0') < 0;
}
