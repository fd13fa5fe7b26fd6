namespace AtomicPay.Scanner.Images.Keys;

/// <summary>One of the texts that a picture may show. It prints its probability, never the text.</summary>
/// <param name="Text">The whole key.</param>
/// <param name="Probability">From 0 to 1, that it is exactly this one.</param>
internal sealed record RankedReading(string Text, double Probability)
{
    public override string ToString() => $"a reading of probability {Probability}";
}
