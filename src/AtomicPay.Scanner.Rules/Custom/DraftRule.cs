namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>A rule as it was read, with the places of what it is to be proved by: bytes from the beginning of the file.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Body">Where its body stands.</param>
/// <param name="Examples">Where each example stands.</param>
/// <param name="NearMisses">Where each near-miss stands.</param>
internal sealed record DraftRule(Rule Rule, long Body, IReadOnlyList<long> Examples, IReadOnlyList<long> NearMisses);
