namespace AtomicPay.Scanner.Rules;

/// <summary>What a text that has the form of a key looks like, and how sure that is.</summary>
/// <param name="Likeness">What it looks like.</param>
/// <param name="Confidence">How sure the rule is that this is an issued key, from 0 to 1.</param>
public readonly record struct Verdict(Likeness Likeness, double Confidence)
{
    /// <summary>True when it looks like a key that was issued.</summary>
    public bool IsIssued => Likeness == Likeness.Issued;
}
