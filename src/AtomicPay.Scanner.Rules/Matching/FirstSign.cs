namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Looks for a literal behind the anchors, a sign of something packed, and wants no other.</summary>
internal struct FirstSign(int anchors) : IAnchorSink
{
    public bool IsFound { get; private set; }

    public bool Accept(int offset, int literal)
    {
        IsFound = literal >= anchors;
        return !IsFound;
    }
}
