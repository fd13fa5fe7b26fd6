namespace AtomicPay.Scanner.Config;

/// <summary>The baseline that was asked for.</summary>
/// <param name="Path">As the user named it; of a file that the repository's own configuration names, relative to the repository's root.</param>
/// <param name="IsInRepository">Whether the repository's own configuration names it: then it is read from where that was read.</param>
internal sealed record BaselineFile(string Path, bool IsInRepository);
