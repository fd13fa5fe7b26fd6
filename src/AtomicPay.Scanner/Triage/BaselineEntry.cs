namespace AtomicPay.Scanner.Triage;

/// <summary>A line of a baseline: a key at a path.</summary>
/// <param name="Sha256">Lower-case hex SHA-256 of the key.</param>
/// <param name="Path">From the root of the repository, keys in it masked.</param>
/// <param name="Reason">What stands behind it as a comment; null when nothing does.</param>
/// <param name="Line">From 1; 0 for an entry that is not yet written.</param>
internal sealed record BaselineEntry(string Sha256, string Path, string? Reason, int Line);
