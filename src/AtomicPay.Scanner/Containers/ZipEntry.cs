namespace AtomicPay.Scanner.Containers;

/// <summary>One member of a zip archive, as its directory or its own header describes it.</summary>
/// <param name="Path">As written in the archive.</param>
/// <param name="Flags">The general purpose bits.</param>
/// <param name="Method">How it is compressed; 0 for not at all, 8 for deflate.</param>
/// <param name="PackedLength">Bytes in the archive; null when only the end of the data tells.</param>
/// <param name="Length">Bytes unpacked; null when not known.</param>
/// <param name="HeaderOffset">Where its own header begins, bytes from the archive's start.</param>
internal sealed record ZipEntry(string Path, int Flags, int Method, long? PackedLength, long? Length, long HeaderOffset)
{
    public const int EncryptedFlag = 1;
    public const int LengthsFollowFlag = 8;

    public bool IsEncrypted => (Flags & EncryptedFlag) != 0;

    public bool IsFolder => Path.EndsWith('/') && Length is 0 or null && PackedLength is 0 or null;
}
