namespace AtomicPay.Scanner.Images.Keys;

/// <summary>What of a key was read on one line.</summary>
/// <param name="Texts">What it may be, with the log-probability of each, averaged over the crops.</param>
/// <param name="Agreeing">The share of the crops that read the likeliest.</param>
/// <param name="Box">Where it stands.</param>
/// <param name="Advance">Pixels from one character to the next.</param>
/// <param name="Slope">How far it goes down for each pixel to the right.</param>
internal sealed record PartReading(IReadOnlyList<(string Text, double Likelihood)> Texts, double Agreeing, PixelBox Box, double Advance, double Slope)
{
    /// <summary>Nothing more follows on the line.</summary>
    public bool EndsWithLine { get; init; }

    public override string ToString() => $"a part of a key at {Box}";
}
