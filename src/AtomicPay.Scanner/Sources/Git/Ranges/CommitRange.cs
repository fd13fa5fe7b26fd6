using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Sources.Git.Packs;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

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

    /// <param name="repository">Where the names mean something.</param>
    /// <param name="objects">Where its commits are read.</param>
    /// <param name="baseName">The revision that is left out; all zeros for whatever other remote branches have.</param>
    /// <param name="headName">The revision that is scanned.</param>
    /// <param name="fromMergeBase">Whether to leave out the merge base rather than the base.</param>
    /// <exception cref="UnknownRevisionException">A name leads to no commit.</exception>
    public static CommitRange Resolve(Repository repository, ObjectReader objects, string baseName, string headName, bool fromMergeBase)
    {
        if (IsZero(headName))
        {
            return new CommitRange(null, [], new HashSet<ObjectId>(), []);
        }

        var head = Find(repository, headName)
            ?? throw new UnknownRevisionException($"--range: there is no commit '{headName}' in this repository{Advice(repository)}.");
        if (IsZero(baseName))
        {
            return Between(repository, objects, head, OtherRemoteTips(repository, head, headName), []);
        }

        if (Find(repository, baseName) is not { } from)
        {
            // Whole ids are what CI hands over. One that a shallow clone lacks is a gap, not a typing error.
            return repository.Info.IsShallow && LibGit2Sharp.ObjectId.TryParse(baseName, out _)
                ? Between(repository, objects, head, [], [$"this clone is shallow and lacks the range's base {baseName}: all commits that are here were scanned; {Deepen}"])
                : throw new UnknownRevisionException($"--range: there is no commit '{baseName}' in this repository{Advice(repository)}.");
        }

        if (!fromMergeBase)
        {
            return Between(repository, objects, head, [from], []);
        }

        return repository.ObjectDatabase.FindMergeBase(from, head) is { } mergeBase
            ? Between(repository, objects, head, [mergeBase], [])
            : Between(repository, objects, head, [from], repository.Info.IsShallow
                ? [$"this clone is shallow and lacks the commit from which {baseName} and {headName} went apart; {Deepen}"]
                : []);
    }

    private static string Deepen => "fetch its history with: git fetch --unshallow (for actions/checkout: fetch-depth: 0)";

    private static CommitRange Between(Repository repository, ObjectReader objects, Commit head, IReadOnlyCollection<Commit> without, ImmutableArray<string> gaps)
    {
        var shallow = ShallowBoundary(repository);
        var walk = new CommitWalk(objects, shallow);
        var commits = walk.Between(IdOf(head), without.Select(IdOf));
        return new CommitRange(RangeCommit.Read(objects, IdOf(head), shallow), commits, shallow,
        [
            .. gaps,
            .. walk.Unread.Select(u => $"the range's history is not whole: {u}"),
            .. commits.Where(c => shallow.Contains(c.Id))
                .Select(c => $"this clone is shallow and lacks the parents of commit {c.Id}: all of its files were scanned as if it had brought them; {Deepen}"),
        ]);
    }

    private static ObjectId IdOf(Commit commit) => new(commit.Id.RawId);

    private static HashSet<ObjectId> ShallowBoundary(Repository repository)
    {
        if (!repository.Info.IsShallow)
        {
            return [];
        }

        var folder = repository.Info.Path;
        var common = Path.Join(folder, "commondir");
        var file = Path.Join(File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), Path.GetFullPath(folder)) : folder, "shallow");
        return File.Exists(file) ? [.. File.ReadLines(file).Select(line => ObjectId.TryParse(Encoding.ASCII.GetBytes(line))).OfType<ObjectId>()] : [];
    }

    /// <summary>
    /// The tips of remote branches other than the one that is being pushed: the branch of the same name or, where the range
    /// ends at no branch, as on a CI checkout of a commit, the only one that stands at that commit.
    /// </summary>
    private static Commit[] OtherRemoteTips(Repository repository, Commit head, string headName)
    {
        var name = headName == "HEAD" && !repository.Info.IsHeadDetached ? repository.Head.FriendlyName : headName;
        var remotes = repository.Refs.OfType<DirectReference>()
            .Where(r => r.CanonicalName.StartsWith(RemoteRefs, StringComparison.Ordinal))
            .Select(r => (BranchOf: r.CanonicalName[RemoteRefs.Length..], Tip: r.Target as Commit))
            .Where(r => r.Tip is not null)
            .ToList();
        var own = remotes.Where(r => r.BranchOf[(r.BranchOf.IndexOf('/', StringComparison.Ordinal) + 1)..] == name).ToList();
        var here = remotes.Where(r => r.Tip!.Id == head.Id).ToList();
        if (own.Count == 0 && here.Count == 1)
        {
            own = here;
        }

        return [.. remotes.Except(own).Select(r => r.Tip!)];
    }

    private static Commit? Find(Repository repository, string name)
    {
        try
        {
            return repository.Lookup<Commit>(name);
        }
        catch (AmbiguousSpecificationException)
        {
            throw new UnknownRevisionException($"--range: '{name}' is the beginning of several ids; write more of it.");
        }
        catch (LibGit2SharpException)
        {
            // Not a name at all, or of something that is no commit.
            return null;
        }
    }

    private static string Advice(Repository repository) =>
        repository.Info.IsShallow ? "; this clone is shallow: " + Deepen : "; for a branch of a remote write origin/NAME, and for a new branch forty zeros as BASE";

    private static bool IsZero(string name) => name.Length is 40 or 64 && name.AsSpan().IndexOfAnyExcept('0') < 0;
}
