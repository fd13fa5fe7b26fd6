namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>The lower and upper halves of bytes that a bucket admits at each of the three places of a fingerprint, as bits.</summary>
internal readonly record struct Nibbles(ushort Low0, ushort High0, ushort Low1, ushort High1, ushort Low2, ushort High2)
{
    public Nibbles With(Literal literal, int position)
    {
        var (a, b, c) = (literal.At(position), literal.At(position + 1), literal.At(position + 2));
        return new(
            (ushort)(Low0 | Low(a)), (ushort)(High0 | High(a)),
            (ushort)(Low1 | Low(b)), (ushort)(High1 | High(b)),
            (ushort)(Low2 | Low(c)), (ushort)(High2 | High(c)));
    }

    private static int Low((byte First, byte Second) at) => 1 << (at.First & 15) | 1 << (at.Second & 15);

    private static int High((byte First, byte Second) at) => 1 << (at.First >> 4) | 1 << (at.Second >> 4);
}
