using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>When each blob came to each of its paths, and when it left: found in one walk over the commits, oldest first.</summary>
internal sealed class PlaceHistory
{
    private readonly Dictionary<BlobPlace, int> _first = [];
    private readonly Dictionary<BlobPlace, int> _firstReachable = [];
    private readonly Dictionary<BlobPlace, int> _removal = [];
    private readonly Dictionary<BlobPlace, int> _lossInMerge = [];
    private readonly HashSet<BlobPlace> _inHead = [];

    public PlaceHistory(CommitGraph graph, TreeContainment containment)
    {
        for (var i = 0; i < graph.Commits.Length; i++)
        {
            var places = containment.PlacesIn(graph.Commits[i].Tree);
            var before = graph.Parents[i].Select(p => containment.PlacesIn(graph.Commits[p].Tree)).Distinct().ToList();
            if (before.Count == 1 && before[0] == places)
            {
                continue;
            }

            foreach (var place in places)
            {
                _first.TryAdd(place, i);
                if (graph.IsReachable[i])
                {
                    _firstReachable.TryAdd(place, i);
                }
            }

            // Where only one side of a merge had it, the commit that removed it lies on the other side, or the merge dropped it.
            foreach (var gone in before.SelectMany(b => b).Distinct().Where(p => !places.Contains(p)))
            {
                (before.TrueForAll(b => b.Contains(gone)) ? _removal : _lossInMerge)[gone] = i;
            }
        }

        if (graph.Head is { } head)
        {
            _inHead.UnionWith(containment.PlacesIn(graph.Commits[head].Tree));
        }
    }

    /// <summary>Every place that some commit has, with the first that does: one that a ref reaches where there is one.</summary>
    public IEnumerable<(BlobPlace Place, int Commit)> Places =>
        _first.Select(p => (p.Key, _firstReachable.GetValueOrDefault(p.Key, p.Value)));

    public bool IsInHead(BlobPlace place) => _inHead.Contains(place);

    /// <summary>The last commit that removed the blob from the path; null while HEAD has it, or when it never left.</summary>
    public int? RemovalOf(BlobPlace place) =>
        _inHead.Contains(place) ? null
        : _removal.TryGetValue(place, out var removal) ? removal
        : _lossInMerge.TryGetValue(place, out var merge) ? merge
        : null;
}
