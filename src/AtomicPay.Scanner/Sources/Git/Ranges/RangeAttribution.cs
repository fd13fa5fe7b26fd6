using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>
/// Says which commit of a range brought a key to which path, and whether the range's end still has it there. A key that was
/// there before a commit, at that path or at one that the commit removed, was not brought by it.
/// </summary>
internal sealed class RangeAttribution
{
    private readonly RepositoryLocation _location;
    private readonly ObjectReader _objects;
    private readonly CommitRange _range;
    private readonly Func<ObjectId, Secret, bool> _holds;
    private readonly Func<string, Secret, bool> _isInName;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<ILookup<ObjectId, (RangeCommit Commit, ChangeSet Changes, BroughtBlob Blob)>> _bringings;

    /// <param name="location">Where the range lies.</param>
    /// <param name="objects">Where its commits and trees are read.</param>
    /// <param name="range">The commits.</param>
    /// <param name="wanted">The blobs in which a key was found.</param>
    /// <param name="holds">Whether a blob holds a key.</param>
    /// <param name="isInName">Whether a path has a key in it.</param>
    /// <param name="cancellation">Ends the search.</param>
    public RangeAttribution(
        RepositoryLocation location,
        ObjectReader objects,
        CommitRange range,
        IReadOnlySet<ObjectId> wanted,
        Func<ObjectId, Secret, bool> holds,
        Func<string, Secret, bool> isInName,
        CancellationToken cancellation)
    {
        _location = location;
        _objects = objects;
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
        Fresh(blob, key).Any(b => !b.Changes.RemovedFiles(_objects).Any(r => _holds(r.Id, key)));

    public ImmutableArray<AttributedPlace> PlacesOfName(string path, ObjectId commitId, Secret key)
    {
        var commit = Commit(commitId);
        var wasMoved = RangeSource.ChangesOf(_objects, commit, _range.Shallow, _cancellation).RemovedFiles(_objects).Any(r => _isInName(r.Path, key));
        return wasMoved
            ? []
            : [new AttributedPlace(path, PlaceKind.FileName, new Exposure(commitId, commit.AuthorDate, _range.Head is { } head && Find(head, path) is not null, [], null))];
    }

    public AttributedPlace PlaceOfCommit(ObjectId id) =>
        new("", PlaceKind.CommitMessage, new Exposure(id, Commit(id).AuthorDate, true, [], null));

    public AttributedPlace PlaceOfTag(ObjectId id)
    {
        var refs = References.Read(_location).Refs.Where(r => r.Id == id).Select(r => r.Name);
        using var content = _objects.Read(id, GitObjectKind.Tag);
        var date = TagRecord.TryParse(id, content.Span)?.Date;
        return new("", PlaceKind.TagMessage, new Exposure(null, date, false, [.. refs.Order(StringComparer.Ordinal)], null));
    }

    /// <summary>The commits at which a path got a blob with the key and had none with it before, oldest first.</summary>
    private IEnumerable<(RangeCommit Commit, ChangeSet Changes, BroughtBlob Blob)> Fresh(ObjectId blob, Secret key) =>
        _bringings.Value[blob].Where(b => !b.Blob.Before.Any(before => _holds(before, key)));

    private IEnumerable<(RangeCommit Commit, ChangeSet Changes, BroughtBlob Blob)> FindBringings(IReadOnlySet<ObjectId> wanted)
    {
        foreach (var commit in wanted.Count == 0 ? [] : _range.Commits)
        {
            ChangeSet changes;
            try
            {
                changes = RangeSource.ChangesOf(_objects, commit, _range.Shallow, _cancellation);
            }
            catch (UnreadableObjectException)
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

    private Exposure ExposureOf(RangeCommit commit, string path, Secret key)
    {
        var inHead = Holds(_range.Head!, path, key);
        var removal = inHead ? null : RemovalOf(commit, path, key);
        return new Exposure(commit.Id, commit.AuthorDate, inHead, [], removal?.Id) { RemovedOn = removal?.AuthorDate };
    }

    /// <summary>The first later commit that lacks the key at the path while a parent has it.</summary>
    private RangeCommit? RemovalOf(RangeCommit brought, string path, Secret key)
    {
        foreach (var commit in _range.Commits.SkipWhile(c => c.Id != brought.Id).Skip(1))
        {
            if (!Holds(commit, path, key) && commit.Parents.Any(p => Holds(Commit(p), path, key)))
            {
                return commit;
            }
        }

        return null;
    }

    private bool Holds(RangeCommit commit, string path, Secret key) =>
        Find(commit, path) is { Kind: GitObjectKind.Blob } entry && _holds(entry.Id, key);

    // A folder that a partial clone lacks holds nothing that is known.
    private FolderEntry? Find(RangeCommit commit, string path)
    {
        try
        {
            return Folder.Find(_objects, commit.Tree, path);
        }
        catch (UnreadableObjectException)
        {
            return null;
        }
    }

    private RangeCommit Commit(ObjectId id) => RangeCommit.Read(_objects, id, _range.Shallow);
}
