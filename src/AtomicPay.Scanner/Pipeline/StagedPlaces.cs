using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Where the commit in the making would add a key: nowhere, when HEAD has it in that file or in one that is staged as removed.</summary>
internal sealed class StagedPlaces(ChangeSet changes, ObjectReader objects, IReadOnlyCollection<Detection> detections, EarlierKeys earlier)
{
    private readonly ILookup<(string, ObjectId), BroughtBlob> _blobs = changes.Blobs.ToLookup(b => (b.Path, b.Id));
    private readonly Lazy<HashSet<Secret>> _moved = new(() => FindMoved(changes, objects, detections, earlier));

    public ImmutableArray<AttributedPlace> Of(Origin origin, Secret key) => origin switch
    {
        _ when _moved.Value.Contains(key) => [],
        Origin.Staged staged when _blobs[(staged.Path, staged.Blob)].All(b => !b.Before.Any(before => earlier.IsIn(before, key))) =>
            [new AttributedPlace(staged.Path, PlaceKind.Staged, Exposure: null)],
        Origin.FileName name => [new AttributedPlace(name.Path, PlaceKind.FileName, Exposure: null)],
        _ => [],
    };

    private static HashSet<Secret> FindMoved(ChangeSet changes, ObjectReader objects, IReadOnlyCollection<Detection> detections, EarlierKeys earlier)
    {
        var keys = detections.Select(d => d.Secret).ToHashSet();
        return keys.Count == 0
            ? []
            : [.. changes.RemovedFiles(objects).SelectMany(r => keys.Where(k => earlier.IsIn(r.Id, k) || earlier.IsInName(r.Path, k)))];
    }
}
