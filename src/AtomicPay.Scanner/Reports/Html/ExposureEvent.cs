using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Html;

/// <summary>A commit that brought a key to paths, or took it away from them.</summary>
/// <param name="Date">The author date.</param>
/// <param name="Commit">The commit.</param>
/// <param name="IsRemoval">Whether it took the key away.</param>
/// <param name="Places">The places that it changed.</param>
internal sealed record ExposureEvent(DateTimeOffset Date, ObjectId Commit, bool IsRemoval, ImmutableArray<Place> Places)
{
    /// <summary>What happened to a key, the earliest first. A commit without a date is no event of a time line.</summary>
    public static IReadOnlyList<ExposureEvent> Of(KeyGroup key)
    {
        var brought = key.Places
            .Where(place => place.Exposure is { Commit: not null, Date: not null })
            .GroupBy(place => place.Exposure!.Commit!.Value)
            .Select(places => new ExposureEvent(places.First().Exposure!.Date!.Value, places.Key, IsRemoval: false, [.. places]));
        var removed = key.Places
            .Where(place => place.Exposure is { RemovedIn: not null, RemovedOn: not null })
            .GroupBy(place => place.Exposure!.RemovedIn!.Value)
            .Select(places => new ExposureEvent(places.First().Exposure!.RemovedOn!.Value, places.Key, IsRemoval: true, [.. places]));
        return [.. brought.Concat(removed).OrderBy(e => e.Date).ThenBy(e => e.IsRemoval).ThenBy(e => e.Commit.ToString(), StringComparer.Ordinal)];
    }
}
