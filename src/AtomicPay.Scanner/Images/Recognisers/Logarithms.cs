namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>Sums of probabilities that are kept as logarithms.</summary>
internal static class Logarithms
{
    // Nats. What is so much smaller is lost in the precision of the larger.
    private const float Negligible = 17;

    /// <summary>The logarithm of the sum of two probabilities.</summary>
    public static float Add(float one, float other)
    {
        var (larger, smaller) = one > other ? (one, other) : (other, one);
        return larger - smaller < Negligible ? larger + MathF.Log(1 + MathF.Exp(smaller - larger)) : larger;
    }
}
