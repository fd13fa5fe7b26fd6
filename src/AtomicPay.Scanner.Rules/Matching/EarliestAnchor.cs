namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Remembers the anchor that begins before all others.</summary>
internal struct EarliestAnchor() : IAnchorSink
{
    public int Offset { get; private set; } = int.MaxValue;

    public bool Accept(int offset, int literal)
    {
        Offset = Math.Min(Offset, offset);
        return true;
    }
}
