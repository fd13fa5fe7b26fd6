using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>A key as it was read from one or more lines. It prints its place, never the key.</summary>
/// <param name="Readings">What it may be, the likeliest first.</param>
/// <param name="Lines">A box for each line that it runs over.</param>
/// <param name="Agreeing">The share of the crops that read the likeliest.</param>
/// <param name="Advance">Pixels from one character to the next.</param>
internal sealed record KeyCandidate(ImmutableArray<RankedReading> Readings, ImmutableArray<PixelBox> Lines, double Agreeing, double Advance)
{
    private const double AllButSure = 0.99;

    // Pixels. Narrower letters leave too little of the serif that tells 1 from l, however sure the recogniser is.
    private const double NarrowLetters = 7;

    /// <summary>It ends where the picture does, as one does that is cut off there.</summary>
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
        var (x, y) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        return Lines.Any(line => x >= line.Left && x < line.Right && Math.Abs(((line.Top + line.Bottom) / 2) - y) < line.Height / 3);
    }

    /// <summary>Whether it was read off the same ink as another: lines of text do not lie on each other.</summary>
    public bool IsOn(KeyCandidate other) => Lines.Any(line => other.Lines.Any(line.MostlyCovers));

    /// <summary>Whether another is the better reading of the same ink.</summary>
    public bool IsWorseThan(KeyCandidate other) => other.Confidence > Confidence && IsOn(other);

    public override string ToString() => $"a key at {Box}";
}
