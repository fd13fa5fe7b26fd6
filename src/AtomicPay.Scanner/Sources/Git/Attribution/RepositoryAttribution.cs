using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>Says, for the few objects that hold a key, which commits and paths brought them, and whether they are still there.</summary>
internal sealed class RepositoryAttribution
{
    /// <summary>How many refs a finding names.</summary>
    private const int NamedRefs = 10;

    private readonly CommitGraph _graph;
    private readonly CommitCollector _objects;
    private readonly References _references;
    private readonly PlaceHistory _history;
    private readonly ILookup<ObjectId, (BlobPlace Place, int Commit)> _places;
    private readonly Lazy<ILookup<ObjectId, string>> _staged;
    private readonly ILookup<string, (BlobPlace Place, int Commit)> _names;
    private readonly Dictionary<int, ImmutableArray<string>> _refs = [];
    private readonly Lazy<string?> _remoteHost;

    private RepositoryAttribution(
        RepositoryLocation location, int hashSize, IReadOnlyCollection<ObjectId> blobs, IReadOnlyCollection<(ObjectId, string)> names, int jobs)
    {
        var database = ObjectDatabase.Open(location.ObjectsPath, hashSize);
        _objects = new CommitCollector();
        database.ReadAll(_objects, new ReadOptions { Jobs = jobs, Kinds = ObjectKinds.Commits | ObjectKinds.Tags }, CancellationToken.None);
        _references = References.Read(location);
        _graph = new CommitGraph(_objects.Commits, _objects.Tags, _references);
        _history = new PlaceHistory(_graph, TreeContainment.Find(database, hashSize, blobs, names, jobs));
        _places = _history.Places.ToLookup(p => p.Place.Blob);
        _staged = new(() => IndexPaths.Find(location, hashSize, blobs));
        _remoteHost = new(() => RemoteHost.Of(location));
        _names = _places[TreeContainment.Name].ToLookup(p => p.Place.Path[(p.Place.Path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
    }

    /// <summary>The places of each origin that is an object or an entry of a tree.</summary>
    public static IReadOnlyDictionary<Origin, ImmutableArray<AttributedPlace>> Attribute(
        RepositoryLocation location, IReadOnlyCollection<Origin> origins, int jobs)
    {
        if (location.HashSize is not { } hashSize)
        {
            return ImmutableDictionary<Origin, ImmutableArray<AttributedPlace>>.Empty;
        }

        var blobs = origins.OfType<Origin.GitObject>().Where(o => o.Kind == GitObjectKind.Blob).Select(o => o.Id).Distinct().ToList();
        var entries = origins.OfType<Origin.TreeEntry>().ToList();
        var attribution = new RepositoryAttribution(location, hashSize, blobs, [.. entries.Select(e => (e.Tree, e.Name))], jobs);
        var places = origins.OfType<Origin.GitObject>().ToDictionary(o => (Origin)o, o => o.Kind switch
        {
            GitObjectKind.Commit => attribution.OfCommit(o.Id),
            GitObjectKind.Tag => attribution.OfTag(o.Id),
            _ => attribution.OfBlob(o.Id),
        });

        // A name lies in every version of its folder: its places are told once, for the first of them.
        foreach (var entry in entries.DistinctBy(e => e.Name))
        {
            places[entry] = attribution.OfName(entry.Name);
        }

        return places;
    }

    private ImmutableArray<AttributedPlace> OfName(string name)
    {
        ImmutableArray<AttributedPlace> places =
        [
            .. _names[name].OrderBy(p => p.Commit).ThenBy(p => p.Place.Path, StringComparer.Ordinal)
                .Select(p => new AttributedPlace(p.Place.Path, PlaceKind.FileName, ExposureOf(p.Place, p.Commit))),
        ];
        return places.IsEmpty ? [new AttributedPlace(name, PlaceKind.FileName, new Exposure(null, null, false, [], null))] : places;
    }

    private ImmutableArray<AttributedPlace> OfBlob(ObjectId blob)
    {
        ImmutableArray<AttributedPlace> places =
        [
            .. _places[blob].OrderBy(p => p.Commit).ThenBy(p => p.Place.Path, StringComparer.Ordinal).Select(p => OfBlobAt(p.Place, p.Commit)),
        ];
        if (!places.IsEmpty)
        {
            return places;
        }

        var hex = blob.ToString();
        return _staged.Value.Contains(blob)
            ? [.. _staged.Value[blob].Select(path => new AttributedPlace(path, PlaceKind.Index, Exposure: null))]
            : [new AttributedPlace($".git/objects/{hex[..2]}/{hex[2..]}", PlaceKind.Unreachable, new Exposure(null, null, false, [], null))];
    }

    private AttributedPlace OfBlobAt(BlobPlace place, int commit)
    {
        var exposure = ExposureOf(place, commit);
        if (!_graph.IsReachable[commit])
        {
            return new AttributedPlace(place.Path, PlaceKind.Unreachable, exposure);
        }

        // A note lies at the id of what it notes, which git spreads over folders.
        return RefsWith(commit).All(r => r.StartsWith("refs/notes/", StringComparison.Ordinal)) && !exposure.Refs.IsEmpty
            ? new AttributedPlace($".git/notes/{place.Path.Replace("/", "", StringComparison.Ordinal)}", PlaceKind.Note, exposure)
            : new AttributedPlace(place.Path, PlaceKind.History, exposure);
    }

    private ImmutableArray<AttributedPlace> OfCommit(ObjectId id) =>
    [
        new AttributedPlace("", PlaceKind.CommitMessage, _graph.IndexOf(id) is { } commit
            ? ExposureOf(commit, _graph.IsInHead[commit], removedIn: null)
            : new Exposure(id, null, false, [], null)),
    ];

    private ImmutableArray<AttributedPlace> OfTag(ObjectId id)
    {
        ImmutableArray<string> refs = [.. _references.Refs.Where(r => LeadsTo(r.Id, id)).Select(r => r.Name).Take(NamedRefs)];
        return [new AttributedPlace("", PlaceKind.TagMessage, new Exposure(null, _objects.Tags.GetValueOrDefault(id)?.Date, false, refs, null))];
    }

    private bool LeadsTo(ObjectId from, ObjectId tag)
    {
        for (var tags = 0; from != tag; tags++)
        {
            if (tags == TagRecord.MostNested || !_objects.Tags.TryGetValue(from, out var next))
            {
                return false;
            }

            from = next.Target;
        }

        return true;
    }

    private Exposure ExposureOf(BlobPlace place, int commit) =>
        ExposureOf(commit, _history.IsInHead(place), _history.RemovalOf(place) is { } removed ? _graph.Commits[removed] : null);

    private Exposure ExposureOf(int commit, bool inHead, CommitRecord? removedIn) =>
        new(_graph.Commits[commit].Id, _graph.Commits[commit].AuthorDate, inHead, [.. RefsWith(commit).Take(NamedRefs)], removedIn?.Id)
        {
            RemovedOn = removedIn?.AuthorDate,
            RemoteHost = _graph.IsReachable[commit] ? _remoteHost.Value : null,
        };

    private ImmutableArray<string> RefsWith(int commit) =>
        _refs.TryGetValue(commit, out var known) ? known : _refs[commit] = _graph.RefsWith(commit);
}
