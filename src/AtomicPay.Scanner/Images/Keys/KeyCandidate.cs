using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>A key put together from the symbols of one or more lines. It prints its place, never the key.</summary>
/// <param name="Key">The prefix as it should be and the body as it was read.</param>
/// <param name="Lines">A box for each line that it runs over.</param>
/// <param name="Advance">Pixels from one character to the next.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Readings">How many keys look like this one.</param>
internal sealed record KeyCandidate(string Key, ImmutableArray<PixelBox> Lines, double Advance, double Confidence, int Readings)
{
    /// <summary>The box around all its lines.</summary>
    public PixelBox Box => Lines.Aggregate(static (all, line) => all.Union(line));

    public override string ToString() => $"a key at {Box}";
}
