using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Attribution;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Where each git object with a finding lies; asks a repository once, for all of its objects.</summary>
internal sealed class ObjectPlaces(IReadOnlyCollection<RepositoryLocation> repositories, ContentScanner content, int jobs)
{
    private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyDictionary<Origin, ImmutableArray<AttributedPlace>>>> _places =
        new(() => Attribute(repositories, content, jobs));

    public ImmutableArray<AttributedPlace> Of(Origin origin, Secret key) => origin switch
    {
        // Also of a file that git does not know, or not yet.
        Origin.FileName name => [new AttributedPlace(name.Path, PlaceKind.FileName, Exposure: null)],
        _ => RepositoryOf(origin) is { } repository && _places.Value.TryGetValue(repository, out var places) ? places.GetValueOrDefault(origin, []) : [],
    };

    private static Dictionary<string, IReadOnlyDictionary<Origin, ImmutableArray<AttributedPlace>>> Attribute(
        IReadOnlyCollection<RepositoryLocation> repositories, ContentScanner content, int jobs)
    {
        var origins = content.Detections.Select(d => InGit(d.Origin)).OfType<Origin>().Distinct().ToLookup(o => RepositoryOf(o)!);
        return repositories
            .Where(r => origins.Contains(r.DisplayPath))
            .ToDictionary(r => r.DisplayPath, r => RepositoryAttribution.Attribute(r, [.. origins[r.DisplayPath]], jobs));
    }

    private static string? RepositoryOf(Origin origin) => origin switch
    {
        Origin.GitObject item => item.Repository,
        Origin.TreeEntry entry => entry.Repository,
        _ => null,
    };

    private static Origin? InGit(Origin origin) => origin switch
    {
        Origin.GitObject or Origin.TreeEntry => origin,
        Origin.ArchiveMember member => InGit(member.Archive),
        _ => null,
    };
}
