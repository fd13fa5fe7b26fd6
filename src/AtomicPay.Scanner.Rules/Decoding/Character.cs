namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>One character of a text, after its escape, if any, is undone.</summary>
/// <param name="Value">The character; -1 where the text ends or nothing that belongs to a key stands.</param>
/// <param name="Next">The index after it.</param>
/// <param name="Escape">What reports call the escape; null when there was none.</param>
internal readonly record struct Character(int Value, int Next, string? Escape);
