using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Changes;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>
/// Says which commit of a range brought a key to which path, and whether the range's end still has it there. A key that was
/// there before a commit, at that path or at one that the commit removed, was not brought by it.
/// </summary>
internal sealed class RangeAttribution
{
    private readonly Repository _repository;
    private readonly CommitRange _range;
    private readonly Func<ObjectId, Secret, bool> _holds;
    private readonly Func<string, Secret, bool> _isInName;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<ILookup<ObjectId, (Commit Commit, ChangeSet Changes, BroughtBlob Blob)>> _bringings;

    /// <param name="repository">Where the range lies.</param>
    /// <param name="range">The commits.</param>
    /// <param name="wanted">The blobs in which a key was found.</param>
    /// <param name="holds">Whether a blob holds a key.</param>
    /// <param name="isInName">Whether a path has a key in it.</param>
    /// <param name="cancellation">Ends the search.</param>
    public RangeAttribution(
        Repository repository,
        CommitRange range,
        IReadOnlySet<ObjectId> wanted,
        Func<ObjectId, Secret, bool> holds,
        Func<string, Secret, bool> isInName,
        CancellationToken cancellation)
    {
        _repository = repository;
        _range = range;
        _holds = holds;
        _isInName = isInName;
        _cancellation = cancellation;
        _bringings = new(() => FindBringings(wanted).ToLookup(b => b.Blob.Id));
    }

    /// <summary>Where a blob of the range brought a key: nowhere, when the key only came along.</summary>
    public ImmutableArray<AttributedPlace> PlacesOf(ObjectId blob, Secret key) =>
    [
        .. Fresh(blob, key)
            .DistinctBy(b => b.Blob.Path)
            .Select(b => new AttributedPlace(b.Blob.Path, PlaceKind.History, ExposureOf(b.Commit, b.Blob.Path, key))),
    ];

    /// <summary>Whether a commit brought a key to a blob rather than moved it there from a file that it removed.</summary>
    public bool IsBrought(ObjectId blob, Secret key) =>
        Fresh(blob, key).Any(b => !b.Changes.RemovedFiles().Any(r => _holds(r.Id, key)));

    public ImmutableArray<AttributedPlace> PlacesOfName(string path, ObjectId commitId, Secret key)
    {
        var commit = _repository.Lookup<Commit>(Native(commitId));
        var wasMoved = RangeSource.ChangesOf(commit, _cancellation).RemovedFiles().Any(r => _isInName(r.Path, key));
        return wasMoved
            ? []
            : [new AttributedPlace(path, PlaceKind.FileName, new Exposure(commitId, commit.Author.When, _range.Head?[path] is not null, [], null))];
    }

    public AttributedPlace PlaceOfCommit(ObjectId id) =>
        new("", PlaceKind.CommitMessage, new Exposure(id, _repository.Lookup<Commit>(Native(id))?.Author.When, true, [], null));

    public AttributedPlace PlaceOfTag(ObjectId id)
    {
        var refs = _repository.Refs.Where(r => r is DirectReference && r.TargetIdentifier == id.ToString()).Select(r => r.CanonicalName);
        var date = _repository.Lookup<TagAnnotation>(Native(id))?.Tagger?.When;
        return new("", PlaceKind.TagMessage, new Exposure(null, date, false, [.. refs.Order(StringComparer.Ordinal)], null));
    }

    /// <summary>The commits at which a path got a blob with the key and had none with it before, oldest first.</summary>
    private IEnumerable<(Commit Commit, ChangeSet Changes, BroughtBlob Blob)> Fresh(ObjectId blob, Secret key) =>
        _bringings.Value[blob].Where(b => !b.Blob.Before.Any(before => _holds(before, key)));

    private IEnumerable<(Commit Commit, ChangeSet Changes, BroughtBlob Blob)> FindBringings(IReadOnlySet<ObjectId> wanted)
    {
        foreach (var commit in wanted.Count == 0 ? [] : _range.Commits)
        {
            ChangeSet changes;
            try
            {
                changes = RangeSource.ChangesOf(commit, _cancellation);
            }
            catch (LibGit2SharpException)
            {
                // The source said so when it came by.
                continue;
            }

            foreach (var blob in changes.Blobs.Where(b => wanted.Contains(b.Id)))
            {
                yield return (commit, changes, blob);
            }
        }
    }

    private Exposure ExposureOf(Commit commit, string path, Secret key)
    {
        var inHead = Holds(_range.Head!, path, key);
        return new Exposure(
            new ObjectId(commit.Id.RawId), commit.Author.When, inHead, [], inHead ? null : RemovalOf(commit, path, key));
    }

    /// <summary>The first later commit that lacks the key at the path while a parent has it.</summary>
    private ObjectId? RemovalOf(Commit brought, string path, Secret key)
    {
        foreach (var commit in _range.Commits.SkipWhile(c => c.Id != brought.Id).Skip(1))
        {
            if (!Holds(commit, path, key) && commit.Parents.Any(p => Holds(p, path, key)))
            {
                return new ObjectId(commit.Id.RawId);
            }
        }

        return null;
    }

    private bool Holds(Commit commit, string path, Secret key) =>
        commit[path] is { TargetType: TreeEntryTargetType.Blob } entry && _holds(new ObjectId(entry.Target.Id.RawId), key);

    private static LibGit2Sharp.ObjectId Native(ObjectId id) => new(id.ToArray());
}
