using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Attribution;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Where each git object with a finding lies; asks a repository once, for all of its objects.</summary>
internal sealed class ObjectPlaces(IReadOnlyCollection<RepositoryLocation> repositories, ContentScanner content, int jobs)
{
    private readonly Lazy<ILookup<(string, ObjectId), AttributedPlace>> _places = new(() => Attribute(repositories, content, jobs));

    public ImmutableArray<AttributedPlace> Of(Origin origin, Secret key) =>
        origin is Origin.GitObject item ? [.. _places.Value[(item.Repository, item.Id)]] : [];

    private static ILookup<(string, ObjectId), AttributedPlace> Attribute(IReadOnlyCollection<RepositoryLocation> repositories, ContentScanner content, int jobs)
    {
        var objects = content.Detections.Select(d => d.Origin).Select(ObjectIn).OfType<Origin.GitObject>().Distinct().ToLookup(o => o.Repository);
        return repositories
            .Where(r => objects.Contains(r.DisplayPath))
            .SelectMany(r => RepositoryAttribution.Attribute(r, [.. objects[r.DisplayPath]], jobs)
                .SelectMany(o => o.Value.Select(place => (Key: (r.DisplayPath, o.Key), Place: place))))
            .ToLookup(p => p.Key, p => p.Place);
    }

    private static Origin.GitObject? ObjectIn(Origin origin) => origin switch
    {
        Origin.GitObject item => item,
        Origin.ArchiveMember member => ObjectIn(member.Archive),
        _ => null,
    };
}
