namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Remembers the first anchor that it is given, and wants no other.</summary>
internal struct FirstAnchor() : IAnchorSink
{
    public int Offset { get; private set; } = -1;

    public bool Accept(int offset, int literal)
    {
        Offset = offset;
        return false;
    }
}
