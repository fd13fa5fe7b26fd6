using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Ranges;
using AtomicPay.Scanner.Sources.Git.Staging;
using LibGit2Sharp;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// A scan of what is staged, or of a range of commits: what is read, and which of the keys found there are new. A key is new
/// when the same file, or a file that the same change removes, did not hold it before.
/// </summary>
internal sealed class ChangesOfRepository : IDisposable
{
    private readonly Repository _repository;

    private ChangesOfRepository(Repository repository, ISource source, Func<IReadOnlyCollection<Detection>, FindingAssembly.PlacesOf> placesOf)
    {
        _repository = repository;
        Source = source;
        PlacesOf = placesOf;
    }

    public ISource Source { get; }

    public Func<IReadOnlyCollection<Detection>, FindingAssembly.PlacesOf> PlacesOf { get; }

    /// <exception cref="ScanRequestException">There is no such repository or range.</exception>
    public static ChangesOfRepository Open(ScanOptions options, RuleSet rules, PictureScanner? pictures, ContainerLimits? containers, PathFilter filter)
    {
        var place = Discover(options);
        Repository? repository = null;
        try
        {
            repository = RepositoryOpening.Open(place.Location);
            // An interrupted scan still says what it found, so looking that up is not interrupted.
            var earlier = new EarlierKeys(repository, rules, pictures, containers, CancellationToken.None);
            return options.Range is { } range
                ? OfRange(repository, place.Location, CommitRange.Resolve(repository, range.Base, range.Head, range.FromMergeBase), earlier)
                : OfIndex(repository, new StagedSource(place, repository, filter), earlier);
        }
        catch (UnknownRevisionException e)
        {
            repository?.Dispose();
            throw new ScanRequestException(e.Message, e);
        }
        catch (LibGit2SharpException e)
        {
            repository?.Dispose();
            throw new ScanRequestException($"The repository of '{options.Paths[0]}' cannot be read: {e.Message}.", e);
        }
    }

    public void Dispose() => _repository.Dispose();

    private static RepositoryDiscovery Discover(ScanOptions options)
    {
        var option = options.Staged ? "--staged" : "--range";
        var path = options.Paths[0];
        if (!Path.Exists(path))
        {
            throw new ScanRequestException($"'{path}' does not exist; {option} takes the path of a repository.");
        }

        var place = RepositoryDiscovery.Find(path, Environment.GetEnvironmentVariable)
            ?? throw new ScanRequestException($"'{path}' is not in a git repository, and {option} needs one; to scan its files leave {option} out.");
        return options.Staged && place.WorkTree is null
            ? throw new ScanRequestException($"'{path}' is a bare repository, in which nothing can be staged; use --range BASE..HEAD, or leave --staged out to scan it all.")
            : place;
    }

    private static ChangesOfRepository OfIndex(Repository repository, StagedSource source, EarlierKeys earlier) =>
        new(repository, source, detections => new StagedPlaces(source.Changes, detections, earlier).Of);

    private static ChangesOfRepository OfRange(Repository repository, RepositoryLocation location, CommitRange range, EarlierKeys earlier) =>
        new(repository, new RangeSource(location, repository, range), detections => new RangePlaces(repository, range, detections, earlier).Of);
}
