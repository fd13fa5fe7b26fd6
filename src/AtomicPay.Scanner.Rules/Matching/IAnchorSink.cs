namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Takes the anchors that a <see cref="LiteralMatcher"/> comes upon.</summary>
internal interface IAnchorSink
{
    /// <summary>Takes one occurrence; false ends the pass.</summary>
    bool Accept(int offset, int literal);
}
