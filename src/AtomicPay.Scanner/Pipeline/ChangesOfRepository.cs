using System.Collections.Immutable;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Ranges;
using AtomicPay.Scanner.Sources.Git.Refs;
using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// A scan of what is staged, or of a range of commits: what is read, and which of the keys found there are new. A key is new
/// when the same file, or a file that the same change removes, did not hold it before.
/// </summary>
internal sealed class ChangesOfRepository : IDisposable
{
    private readonly ObjectReader _objects;

    private ChangesOfRepository(ObjectReader objects, ISource source, Func<IReadOnlyCollection<Detection>, FindingAssembly.PlacesOf> placesOf)
    {
        _objects = objects;
        Source = source;
        PlacesOf = placesOf;
    }

    public ISource Source { get; }

    public Func<IReadOnlyCollection<Detection>, FindingAssembly.PlacesOf> PlacesOf { get; }

    /// <exception cref="ScanRequestException">There is no such repository or range.</exception>
    public static ChangesOfRepository Open(
        ScanOptions options, RepositoryDiscovery? repository, RuleSet rules, PictureScanner? pictures, ContainerLimits? containers, PathFilter filter)
    {
        var place = Discover(options, repository);
        ObjectReader? objects = null;
        try
        {
            var hashSize = place.Location.HashSize
                ?? throw new ScanRequestException($"The objects of '{options.Paths[0]}' are named by a hash that is not known: neither SHA-1 nor SHA-256.");
            objects = new ObjectReader(place.Location.ObjectsPath, hashSize);
            // An interrupted scan still says what it found, so looking that up is not interrupted.
            var earlier = new EarlierKeys(objects, new LfsStore(place.Location), rules, pictures, containers, CancellationToken.None);
            var changes = options.Range is { } range
                ? OfRange(objects, place.Location, CommitRange.Resolve(place.Location, objects, range.Base, range.Head, range.FromMergeBase), earlier)
                : OfIndex(objects, new StagedSource(place, objects, HeadTree(place.Location, objects), filter), earlier);
            objects = null;
            return changes;
        }
        catch (UnknownRevisionException e)
        {
            throw new ScanRequestException(e.Message, e);
        }
        catch (UnreadableObjectException e)
        {
            throw new ScanRequestException($"The repository of '{options.Paths[0]}' cannot be read: {e.Message}.", e);
        }
        finally
        {
            objects?.Dispose();
        }
    }

    public void Dispose() => _objects.Dispose();

    private static RepositoryDiscovery Discover(ScanOptions options, RepositoryDiscovery? repository)
    {
        var option = options.Staged ? "--staged" : "--range";
        var path = options.Paths[0];
        if (!Path.Exists(path))
        {
            throw new ScanRequestException($"'{path}' does not exist; {option} takes the path of a repository.");
        }

        var place = repository
            ?? RepositoryDiscovery.Find(path, Environment.GetEnvironmentVariable)
            ?? throw new ScanRequestException($"'{path}' is not in a git repository, and {option} needs one; to scan its files leave {option} out.");
        return options.Staged && place.WorkTree is null
            ? throw new ScanRequestException($"'{path}' is a bare repository, in which nothing can be staged; use --range BASE..HEAD, or leave --staged out to scan it all.")
            : place;
    }

    /// <summary>What HEAD has; null before the first commit.</summary>
    private static ObjectId? HeadTree(RepositoryLocation location, ObjectReader objects) =>
        new Revisions(location, objects).Head is { } head ? RangeCommit.Read(objects, head, ImmutableHashSet<ObjectId>.Empty).Tree : null;

    private static ChangesOfRepository OfIndex(ObjectReader objects, StagedSource source, EarlierKeys earlier) =>
        new(objects, source, detections => new StagedPlaces(source.Changes, objects, detections, earlier).Of);

    private static ChangesOfRepository OfRange(ObjectReader objects, RepositoryLocation location, CommitRange range, EarlierKeys earlier) =>
        new(objects, new RangeSource(location, objects, range), detections => new RangePlaces(location, objects, range, detections, earlier).Of);
}
