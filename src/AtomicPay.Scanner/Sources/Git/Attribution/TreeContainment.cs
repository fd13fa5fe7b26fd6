using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>
/// Says which trees contain given blobs, and at which paths. It works from the blobs upwards, one pass over the trees a level:
/// a pass reads only what is new in each tree, where walking down from every commit would read all of each.
/// </summary>
internal sealed class TreeContainment
{
    /// <summary>Levels of folders that are followed; git itself cannot check out deeper ones on most systems.</summary>
    private const int DeepestPath = 512;

    /// <summary>Paths that one tree may have for the blobs. A hostile tree can have more than there are atoms.</summary>
    private const int MostPaths = 4096;

    /// <summary>
    /// Stands for the content of a path of which only the name is asked. No object has this id, and none of a hostile tree's is
    /// taken for it, as it is never looked for.
    /// </summary>
    public static readonly ObjectId Name;

    private static readonly ImmutableArray<BlobPlace> None = [];

    private readonly HashSet<ObjectId> _blobs;
    private readonly Dictionary<ObjectId, List<(string Name, ObjectId Id)>> _entries = [];
    private readonly Dictionary<ObjectId, ImmutableArray<BlobPlace>> _places = [];
    private readonly Dictionary<(string Name, ImmutableArray<BlobPlace> Places), ImmutableArray<BlobPlace>> _below = [];

    private TreeContainment(IEnumerable<ObjectId> blobs) => _blobs = [.. blobs, Name];

    /// <param name="database">Where trees are read from.</param>
    /// <param name="hashSize">Bytes of an object's name.</param>
    /// <param name="blobs">The blobs to find.</param>
    /// <param name="names">Entries to find by their name, with the trees that hold them.</param>
    /// <param name="jobs">Threads that read at once.</param>
    public static TreeContainment Find(
        ObjectDatabase database, int hashSize, IReadOnlyCollection<ObjectId> blobs, IEnumerable<(ObjectId Tree, string Name)> names, int jobs)
    {
        var containment = new TreeContainment(blobs);
        foreach (var tree in names.Distinct().GroupBy(n => n.Tree))
        {
            containment._entries[tree.Key] = [.. tree.Select(n => (n.Name, Name)).Order()];
        }

        List<ObjectId> wanted = [.. blobs, .. containment._entries.Keys];
        for (var level = 0; wanted.Count > 0 && level < DeepestPath; level++)
        {
            var finder = new ParentTreeFinder(new ObjectIdFilter(wanted, hashSize), hashSize);
            database.ReadAll(
                finder, new ReadOptions { Jobs = jobs, Kinds = ObjectKinds.Trees, Margin = hashSize - 1 }, CancellationToken.None);
            wanted = containment.Add(finder.Trees);
        }

        return containment;
    }

    /// <summary>
    /// The wanted blobs in a tree, with their paths. Trees that contain the same give the same array, so that a commit that
    /// changed nothing of it is told from its parent by reference.
    /// </summary>
    public ImmutableArray<BlobPlace> PlacesIn(ObjectId tree)
    {
        if (_places.TryGetValue(tree, out var known))
        {
            return known;
        }

        // The entry that a hostile tree's own hash collision could lead back to finds nothing instead of looping.
        _places[tree] = None;
        var places = None;
        foreach (var (name, id) in _entries.GetValueOrDefault(tree, []))
        {
            places = Union(places, _blobs.Contains(id) ? Below(name, BlobItself(id)) : Below(name, PlacesIn(id)));
        }

        return _places[tree] = places;
    }

    private List<ObjectId> Add(IEnumerable<KeyValuePair<ObjectId, List<(string Name, ObjectId Id)>>> trees)
    {
        var added = new List<ObjectId>();
        foreach (var (tree, entries) in trees)
        {
            if (_entries.TryGetValue(tree, out var known))
            {
                known.AddRange(entries);
            }
            else
            {
                _entries[tree] = entries;
                added.Add(tree);
            }
        }

        return added;
    }

    private ImmutableArray<BlobPlace> BlobItself(ObjectId blob)
    {
        if (!_places.TryGetValue(blob, out var place))
        {
            _places[blob] = place = [new BlobPlace(blob, "")];
        }

        return place;
    }

    private ImmutableArray<BlobPlace> Below(string name, ImmutableArray<BlobPlace> places)
    {
        if (places.IsEmpty)
        {
            return None;
        }

        if (!_below.TryGetValue((name, places), out var below))
        {
            below = [.. places.Select(p => p with { Path = p.Path.Length == 0 ? name : $"{name}/{p.Path}" })];
            _below[(name, places)] = below;
        }

        return below;
    }

    private readonly Dictionary<(ImmutableArray<BlobPlace>, ImmutableArray<BlobPlace>), ImmutableArray<BlobPlace>> _unions = [];

    private ImmutableArray<BlobPlace> Union(ImmutableArray<BlobPlace> left, ImmutableArray<BlobPlace> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left.IsEmpty ? right : left;
        }

        if (!_unions.TryGetValue((left, right), out var union))
        {
            union = [.. left.Concat(right).Take(MostPaths)];
            _unions[(left, right)] = union;
        }

        return union;
    }
}
