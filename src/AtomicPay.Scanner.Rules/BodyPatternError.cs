namespace AtomicPay.Scanner.Rules;

/// <summary>What is wrong with a pattern.</summary>
/// <param name="Index">The index of the character at fault.</param>
/// <param name="Message">What to write instead, as a sentence without capital and full stop.</param>
internal readonly record struct BodyPatternError(int Index, string Message);
