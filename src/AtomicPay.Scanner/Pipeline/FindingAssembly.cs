using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Git.Attribution;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Makes one finding of all sightings of a key at a path, and tells findings of the key's other places.</summary>
internal static class FindingAssembly
{
    /// <summary>How many other places a finding lists. A key in every file of a folder would list them all in each of its findings.</summary>
    private const int ListedPlaces = 100;

    /// <summary>
    /// The places that git knows for a content in which a key was found; none, when a scan of changes finds that the key was
    /// there before.
    /// </summary>
    public delegate ImmutableArray<AttributedPlace> PlacesOf(Origin origin, Secret key);

    public static ImmutableArray<Finding> Assemble(IEnumerable<Detection> detections, PlacesOf placesOf)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var key in detections.GroupBy(d => (d.Rule.Id, d.Secret)))
        {
            var sightings = key.SelectMany(d => PlacesOfDetection(d, placesOf)).ToList();
            var places = sightings
                .Where(p => !IsListing(p) || !sightings.Exists(s => s.Kind == PlaceKind.FileName))
                .GroupBy(IdentityOf)
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(Merge)
                .ToImmutableArray();
            var first = key.First();
            findings.AddRange(places.Select(p => new Finding(first.Rule, first.Secret, p.First, p.Others) { OtherReadings = key.Select(d => d.OtherReadings).MinBy(r => r.Length) }));
        }

        return
        [
            .. findings
                .OrderBy(f => f.Place.Path, StringComparer.Ordinal)
                .ThenBy(f => f.Place.Region?.ByteOffset ?? 0)
                .ThenBy(f => f.Secret.Sha256, StringComparer.Ordinal),
        ];
    }

    /// <summary>Tells each finding of the key's places in the others.</summary>
    public static ImmutableArray<Finding> Relate(IReadOnlyCollection<Finding> findings)
    {
        var places = findings.ToLookup(f => (f.Rule.Id, f.Secret), f => f.Place);
        return
        [
            .. findings.Select(f =>
            {
                var siblings = places[(f.Rule.Id, f.Secret)];
                return f with
                {
                    OtherPlaces = [.. f.OtherPlaces.Concat(siblings.Where(p => !ReferenceEquals(p, f.Place))).Take(ListedPlaces)],
                    OtherPlaceCount = f.OtherPlaces.Length + siblings.Count() - 1,
                };
            }),
        ];
    }

    private static IEnumerable<Place> PlacesOfDetection(Detection detection, PlacesOf placesOf)
    {
        return Of(detection.Origin).Select(at =>
            new Place(at.Path, at.Kind, detection.Origin is Origin.FileName or Origin.TreeEntry or Origin.RefName ? null : detection.Region, detection.Picture, [.. ContainersOf(detection.Origin), .. detection.DecodedBy], at.Exposure, detection.Confidence) { IsAllowed = detection.IsAllowed, Preview = detection.Preview?.Preview });

        IEnumerable<(string Path, PlaceKind Kind, Exposure? Exposure)> Of(Origin origin) => origin switch
        {
            Origin.File file => [(file.Path, PlaceKind.Worktree, null)],
            Origin.StandardInput => [("-", PlaceKind.Worktree, null)],
            Origin.GitInternal file => [(file.Path, KindOfInternal(file.Path), null)],
            Origin.Staged or Origin.FileName => placesOf(origin, detection.Secret).Select(p => (p.Path, p.Kind, p.Exposure)),
            Origin.GitObject item => placesOf(item, detection.Secret).Select(p => (p.Path.Length == 0 ? "" : Under(item.Repository, p.Path), p.Kind, p.Exposure)),
            Origin.RefName name => [(Under(name.Repository, name.Name), PlaceKind.RefName, null)],
            Origin.TreeEntry entry => placesOf(entry, detection.Secret).Select(p => (Under(entry.Repository, p.Path), p.Kind, p.Exposure)),
            Origin.ArchiveMember member => Of(member.Archive).Select(at => (member.PathIn(at.Path), at.Kind, at.Exposure)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Whether it is the index file, which lists the names of all tracked files: no place of its own for a key in a name.</summary>
    private static bool IsListing(Place place) => place.Kind == PlaceKind.Index && place.Path.EndsWith("/index", StringComparison.Ordinal);

    /// <summary>The formats of the containers that were opened on the way to a content, outermost first.</summary>
    private static IEnumerable<string> ContainersOf(Origin origin) =>
        origin is Origin.ArchiveMember member ? ContainersOf(member.Archive).Append(member.Format) : [];

    /// <summary>A place's path; for a message, which has none, the commit or tag.</summary>
    private static string IdentityOf(Place place) =>
        place.Path.Length > 0 ? place.Path : $"\0{place.Kind} {place.Exposure?.Commit} {place.Exposure?.Refs.FirstOrDefault()}";

    private static string Under(string repository, string path) => repository.Length == 0 ? path : $"{repository}/{path}";

    private static PlaceKind KindOfInternal(string path) =>
        path.EndsWith("/index", StringComparison.Ordinal) ? PlaceKind.Index
        : path.EndsWith("_EDITMSG", StringComparison.Ordinal) || path.EndsWith("_MSG", StringComparison.Ordinal) || path.Contains("/logs/", StringComparison.Ordinal) ? PlaceKind.CommitMessage
        : path.EndsWith("HEAD", StringComparison.Ordinal) || path.Contains("/refs/", StringComparison.Ordinal) ? PlaceKind.RefName
        : PlaceKind.GitConfig;

    /// <summary>
    /// One place for all versions of a file: the one in the working tree if it is there, with what history says of the path;
    /// then the key's other spots in that same version. A spot that a comment allows stands behind those that it does not.
    /// </summary>
    private static (Place First, ImmutableArray<Place> Others) Merge(IEnumerable<Place> places)
    {
        var sorted = places
            .OrderBy(p => p.Kind)
            .ThenBy(p => p.Exposure is { InHead: false })
            .ThenByDescending(p => p.Exposure?.Date)
            .ThenBy(p => p.Region?.ByteOffset ?? 0)
            .ThenBy(p => p.Picture?.Y ?? 0)
            .ThenBy(p => p.Picture?.X ?? 0)
            .ThenBy(p => p.Exposure?.Commit)
            .ToList();
        // Commits of one second are told apart by their ids: threads find them in any order.
        var exposures = sorted.Select(p => p.Exposure).OfType<Exposure>().OrderBy(e => e.Commit).ToList();
        var last = exposures.MaxBy(e => e.Date);
        var exposure = exposures.Count == 0 ? null : exposures.MinBy(e => e.Date) is var earliest && exposures.Exists(e => e.InHead)
            ? earliest! with { InHead = true, RemovedIn = null, RemovedOn = null }
            : earliest! with { RemovedIn = last!.RemovedIn, RemovedOn = last.RemovedOn };

        // What the newest version says of its lines holds for the older ones: the comment was added because the key was found.
        var spots = sorted
            .Where(p => p.Kind == sorted[0].Kind && p.Exposure?.Commit == sorted[0].Exposure?.Commit)
            .GroupBy(p => (p.Region?.ByteOffset, p.Picture))
            // Where windows overlap, one may see a spot without the end of its line.
            .Select(s => s.First() with { IsAllowed = s.Any(p => p.IsAllowed) })
            .OrderBy(p => p.IsAllowed)
            .ToList();
        return (spots[0] with { Exposure = exposure }, [.. spots.Skip(1)]);
    }
}
