using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>Reads the small files that git keeps beside its objects, as a hostile repository may have made them: endless, or a pipe.</summary>
internal static class TextFile
{
    /// <summary>Bytes that are read; packed-refs of the largest public repositories have a third of it.</summary>
    private const int Longest = 64 << 20;

    /// <summary>The file's lines; none when it is not there, is not a file, or cannot be read.</summary>
    public static string[] Lines(string path) => Text(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The file's text; null when it is not there, is not a file, or cannot be read.</summary>
    public static string? Text(string path) => Bytes(path) is { } bytes ? PathText.Decode(bytes) : null;

    /// <summary>The file's bytes; null when it is not there, is not a file, or cannot be read.</summary>
    public static byte[]? Bytes(string path)
    {
        try
        {
            using var handle = FileSystem.Current.OpenFile(path);
            var bytes = new byte[Math.Min(RandomAccess.GetLength(handle), Longest)];
            var filled = 0;
            while (filled < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(filled), filled) is > 0 and var read)
            {
                filled += read;
            }

            Array.Resize(ref bytes, filled);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A pipe has no length; what the scan of the files cannot read is reported there.
            return null;
        }
    }
}
