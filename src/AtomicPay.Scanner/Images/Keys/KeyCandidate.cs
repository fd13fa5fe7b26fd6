using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>A key as it was read from one or more lines. It prints its place, never the key.</summary>
/// <param name="Readings">What it may be, the likeliest first.</param>
/// <param name="Lines">A box for each line that it runs over.</param>
/// <param name="Agreeing">The share of the crops that read the likeliest.</param>
/// <param name="Advance">Pixels from one character to the next.</param>
/// <param name="Slope">How far its lines go down for each pixel to the right.</param>
internal sealed record KeyCandidate(ImmutableArray<RankedReading> Readings, ImmutableArray<PixelBox> Lines, double Agreeing, double Advance, double Slope)
{
    private const double AllButSure = 0.99;

    // Pixels. Narrower letters leave too little of the serif that tells 1 from l, however sure the recogniser is.
    private const double NarrowLetters = 7;

    /// <summary>It ends where the picture does, as one does that is cut off there, or what stands below it may be its rest.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>From 0 to 1, that the likeliest reading is exactly the key.</summary>
    public double Confidence => Readings[0].Probability;

    /// <summary>The box around all its lines.</summary>
    public PixelBox Box => Lines.Aggregate(static (all, line) => all.Union(line));

    /// <summary>How many readings it takes to be all but sure that the key is among them; never just one where the crops disagree, letters are tiny or the picture ends.</summary>
    public int Plausible
    {
        get
        {
            var covered = 0.0;
            var count = 0;
            while (count < Readings.Length && covered < AllButSure)
            {
                covered += Readings[count++].Probability;
            }

            return MayGoOn || Agreeing < 1 || Advance < NarrowLetters ? Math.Max(2, count) : count;
        }
    }

    /// <summary>Whether the middle of the box lies on one of the key's lines; their edges lie on those of their neighbours.</summary>
    public bool Holds(PixelBox box)
    {
        var (column, row) = ((box.Left + box.Right) / 2.0, (box.Top + box.Bottom) / 2.0);
        return Lines.Any(line => column >= line.Left && column < line.Right
            && RowsAt(column, line, Slope) is var (top, bottom) && Math.Abs(((top + bottom) / 2) - row) < (bottom - top) / 3);
    }

    /// <summary>Whether it was read off the same ink as another: lines of text do not lie on each other.</summary>
    public bool IsOn(KeyCandidate other) => Lines.Any(line => other.Lines.Any(theirs => AreOnOneRow(line, Slope, theirs, other.Slope)));

    /// <summary>Whether another is the better reading of the same ink.</summary>
    public bool IsWorseThan(KeyCandidate other) => other.Confidence > Confidence && IsOn(other);

    public override string ToString() => $"a key at {Box}";

    private static bool AreOnOneRow(PixelBox one, double slope, PixelBox other, double otherSlope)
    {
        var (left, right) = (Math.Max(one.Left, other.Left), Math.Min(one.Right, other.Right));
        var (top, bottom) = RowsAt((left + right) / 2.0, one, slope);
        var (otherTop, otherBottom) = RowsAt((left + right) / 2.0, other, otherSlope);
        return 2 * (right - left) > Math.Min(one.Width, other.Width)
            && 2 * (Math.Min(bottom, otherBottom) - Math.Max(top, otherTop)) > Math.Min(bottom - top, otherBottom - otherTop);
    }

    // Boxes of slanted lines overlap those of their neighbours: what counts is where their letters are.
    private static (double Top, double Bottom) RowsAt(double column, PixelBox line, double slope)
    {
        var middle = ((line.Top + line.Bottom) / 2.0) + (slope * (column - ((line.Left + line.Right) / 2.0)));
        var half = Math.Max(line.Height - Math.Abs(slope * line.Width), line.Height / 2.0) / 2;
        return (middle - half, middle + half);
    }
}
