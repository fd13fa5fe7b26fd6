namespace AtomicPay.Scanner.Config;

/// <summary>A configuration file as it was read.</summary>
/// <param name="Name">How messages name it.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Folder">Where it lies: what the files that it names are relative to. Empty for one that the scan found.</param>
/// <param name="IsFound">Whether the scan found it in the repository, where whoever can write to that put it; else the user named it.</param>
internal sealed record ConfigurationText(string Name, byte[] Bytes, string Folder, bool IsFound)
{
    /// <summary>Whether it lies in what is scanned, also where the user named it.</summary>
    public bool IsScanned { get; init; } = IsFound;
}
