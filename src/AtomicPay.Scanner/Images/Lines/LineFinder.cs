using AtomicPay.Scanner.Images.Decoding;

namespace AtomicPay.Scanner.Images.Lines;

/// <summary>
/// Finds what may be lines of text without recognising anything: strokes that stand side by side in a band. It looks with several gaps
/// between characters, since small text and large text close at different ones.
/// </summary>
internal static class LineFinder
{
    // Pixels. Heights of text from the smallest that can be read to headings.
    private const int SmallestHeight = 6;
    public const int GreatestHeight = 80;

    // In gaps.
    private const double LowestBand = 0.6;
    private const double HighestBand = 5.5;
    private const double UsualBand = 2.2;

    // In heights: what is narrower is a word at most.
    private const double NarrowestPiece = 1;

    // The share of a band that is ink once its gaps are closed.
    private const double LeastInk = 0.35;

    private static readonly int[] Gaps = [6, 11, 20, 36];

    /// <summary>The pieces of lines, words or more, in the picture; the same text may be found several times, with different gaps.</summary>
    public static List<PixelBox> Pieces(GrayPicture picture)
    {
        var runs = PixelRuns.Of(StrokeMap.Of(picture), picture.Width, picture.Height);
        var pieces = new List<PixelBox>();
        foreach (var gap in Gaps)
        {
            foreach (var region in InkRegion.Of(runs.ClosedAndOpened(gap)))
            {
                var box = region.Box;
                var band = Math.Min(box.Height, UsualBand * gap);
                if (box.Height is >= SmallestHeight and <= GreatestHeight
                    && box.Height >= LowestBand * gap
                    && box.Height <= HighestBand * gap
                    && box.Width >= NarrowestPiece * band
                    && region.Area >= LeastInk * box.Width * band)
                {
                    pieces.Add(box);
                }
            }
        }

        return pieces;
    }
}
