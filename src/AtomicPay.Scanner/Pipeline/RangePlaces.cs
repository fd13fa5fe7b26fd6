using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Ranges;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Where the commits of a range brought a key. A key that one of them brought is followed through the range wherever it was
/// moved; one that was only moved from a file that had it before is not new anywhere.
/// </summary>
internal sealed class RangePlaces
{
    private readonly RangeAttribution _attribution;
    private readonly Lazy<HashSet<Secret>> _brought;

    public RangePlaces(RepositoryLocation location, ObjectReader objects, CommitRange range, IReadOnlyCollection<Detection> detections, EarlierKeys earlier)
    {
        var inBlobs = detections.Select(d => (Blob: BlobIn(d.Origin), d.Secret)).Where(d => d.Blob is not null).Distinct().ToList();
        _attribution = new RangeAttribution(
            location, objects, range, inBlobs.Select(d => d.Blob!.Value).ToHashSet(), earlier.IsIn, earlier.IsInName, CancellationToken.None);
        _brought = new(() => [.. inBlobs.Where(d => _attribution.IsBrought(d.Blob!.Value, d.Secret)).Select(d => d.Secret)]);
    }

    public ImmutableArray<AttributedPlace> Of(Origin origin, Secret key) => origin switch
    {
        Origin.GitObject { Kind: GitObjectKind.Commit } commit => [_attribution.PlaceOfCommit(commit.Id)],
        Origin.GitObject { Kind: GitObjectKind.Tag } tag => [_attribution.PlaceOfTag(tag.Id)],
        Origin.GitObject blob => _brought.Value.Contains(key) ? _attribution.PlacesOf(blob.Id, key) : [],
        Origin.FileName { Commit: { } commit } name => _attribution.PlacesOfName(name.Path, commit, key),
        _ => [],
    };

    private static ObjectId? BlobIn(Origin origin) => origin switch
    {
        Origin.GitObject { Kind: GitObjectKind.Blob } item => item.Id,
        Origin.ArchiveMember member => BlobIn(member.Archive),
        _ => null,
    };
}
