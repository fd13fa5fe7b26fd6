namespace AtomicPay.Scanner.Content;

/// <summary>Something that was asked for and could not be scanned, with the reason as a sentence without its full stop.</summary>
internal sealed record Skipped(Origin Origin, string Reason);
