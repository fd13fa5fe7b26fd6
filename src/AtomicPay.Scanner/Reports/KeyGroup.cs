using System.Collections.Immutable;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports;

/// <summary>One key with all its places: what a person has to act on, whereas a finding is one path.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Secret">The key.</param>
/// <param name="Places">Each once; those that an edit can mend come first.</param>
/// <param name="PlaceCount">How many places there are; more than are listed where the scan kept only the first.</param>
/// <param name="Gravity">How bad the worst of them is.</param>
internal sealed record KeyGroup(Rule Rule, Secret Secret, ImmutableArray<Place> Places, int PlaceCount, Gravity Gravity)
{
    /// <summary>What the API said of the key; null when it was not asked.</summary>
    public Verification? Verification { get; init; }

    /// <summary>What came of revoking it; null when that was not asked for.</summary>
    public Revocation? Revocation { get; init; }

    /// <summary>The keys of a result, the worst first, then by their first place.</summary>
    public static IReadOnlyList<KeyGroup> Of(ScanResult result) =>
        [.. result.Findings.Order(FindingOrder.Instance).GroupBy(finding => (finding.Rule, finding.Secret)).Select(Join)];

    private static KeyGroup Join(IGrouping<(Rule Rule, Secret Secret), Finding> findings)
    {
        // Each finding also lists the places of its siblings.
        ImmutableArray<Place> places =
        [
            .. findings.Select(finding => finding.Place)
                .Concat(findings.SelectMany(finding => finding.OtherPlaces))
                .DistinctBy(place => (place.Path, place.Kind, place.Region, place.Picture, place.Exposure?.Commit))
                .OrderBy(place => place.Kind)
                .ThenBy(place => place.Path, StringComparer.Ordinal)
                .ThenBy(place => place.Region?.StartLine)
                .ThenBy(place => place.Region?.StartColumn),
        ];
        return new KeyGroup(
            findings.Key.Rule, findings.Key.Secret, places, Math.Max(places.Length, findings.Max(finding => finding.OtherPlaceCount + 1)),
            findings.Select(finding => finding.Gravity).MaxBy(gravity => gravity.Score)!)
        {
            Verification = findings.First().Verification,
            Revocation = findings.First().Revocation,
        };
    }
}
