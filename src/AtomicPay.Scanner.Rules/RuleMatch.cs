using System.Collections.Immutable;

namespace AtomicPay.Scanner.Rules;

/// <summary>One key found in a run of bytes.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Offset">Where the key, as it is encoded in the content, begins: bytes from the start of the content.</param>
/// <param name="Length">The encoded key's length in bytes.</param>
/// <param name="Key">The key itself, with every encoding undone.</param>
/// <param name="DecodedBy">The encodings that were undone, outermost first; empty for plain text.</param>
/// <param name="Confidence">How sure the rule is that this is an issued key, from 0 to 1.</param>
public readonly record struct RuleMatch(
    Rule Rule,
    int Offset,
    int Length,
    string Key,
    ImmutableArray<string> DecodedBy,
    double Confidence)
{
    /// <summary>Names the rule and the place; never the key.</summary>
    public override string ToString() => $"{Rule.Id} at {Offset}, {Length} bytes";
}
