using System.Collections.Immutable;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Findings;

/// <summary>One key at one path, with the other places at which the same key lies.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Secret">The key; prints itself masked.</param>
/// <param name="Place">Where to look first.</param>
/// <param name="OtherPlaces">The same key's other places, sorted.</param>
internal sealed record Finding(Rule Rule, Secret Secret, Place Place, ImmutableArray<Place> OtherPlaces)
{
    /// <summary>How many other places there are, for a scan that keeps only the first of very many.</summary>
    public int OtherPlaceCount { get; init; } = OtherPlaces.Length;

    /// <summary>How bad it is.</summary>
    public Gravity Gravity => Gravity.Of(Rule, Secret, Place);

    /// <summary>Further readings of a picture, the likeliest first; the key itself is the likeliest of all. Empty for text.</summary>
    public ImmutableArray<Secret> OtherReadings { get; init; } = [];

    /// <summary>What the API said of the key; null when it was not asked.</summary>
    public Verification? Verification { get; init; }

    /// <summary>What came of revoking the key; null when that was not asked for.</summary>
    public Revocation? Revocation { get; init; }

    /// <summary>Whether the key is known to its last character at one of its places at least.</summary>
    public bool IsExact => Place.IsExact || OtherPlaces.Any(place => place.IsExact);
}
