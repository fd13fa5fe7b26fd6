using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Images;

/// <summary>A key as it was read in a picture. It prints its place, never the key.</summary>
/// <param name="Key">The likeliest reading; some characters may be mistaken for their look-alikes.</param>
/// <param name="Region">Where, in pixels of the picture as displayed, and how many readings are plausible.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Frame">The frame or page, from 0.</param>
internal sealed record KeyReading(string Key, PictureRegion Region, double Confidence, int Frame)
{
    public override string ToString() => $"a key at {Region.X}, {Region.Y} of frame {Frame}";
}
