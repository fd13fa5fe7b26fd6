using System.Collections.Immutable;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Keys;

namespace AtomicPay.Scanner.Images;

/// <summary>A key as it was read in a picture. It prints its place, never the key.</summary>
/// <param name="Readings">What it may be, the likeliest first.</param>
/// <param name="Region">Where, in pixels of the picture as displayed, and how many readings are plausible.</param>
/// <param name="Frame">The frame or page, from 0.</param>
internal sealed record KeyReading(ImmutableArray<RankedReading> Readings, PictureRegion Region, int Frame)
{
    /// <summary>The likeliest reading.</summary>
    public string Key => Readings[0].Text;

    /// <summary>From 0 to 1, that this is exactly the key.</summary>
    public double Confidence => Readings[0].Probability;

    public override string ToString() => $"a key at {Region.X}, {Region.Y} of frame {Frame}";
}
