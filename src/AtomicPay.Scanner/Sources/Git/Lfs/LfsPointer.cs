using System.Buffers;
using System.Text;

namespace AtomicPay.Scanner.Sources.Git.Lfs;

/// <summary>What git has in place of a file whose content Git LFS keeps: a few lines that name it (the LFS specification, version 1).</summary>
/// <param name="Oid">The SHA-256 of the content, in hexadecimal.</param>
internal readonly record struct LfsPointer(string Oid)
{
    /// <summary>Bytes of the longest pointer, by the specification less than this.</summary>
    public const int Longest = 1024;

    private const int OidDigits = 64;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private static ReadOnlySpan<byte> Beginning => "version https://"u8;

    /// <summary>Whether bytes that begin so could be a pointer, of which perhaps only the first few are at hand.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && bytes[..Math.Min(bytes.Length, Beginning.Length)].SequenceEqual(Beginning[..Math.Min(bytes.Length, Beginning.Length)]);

    /// <summary>Null for what is no pointer.</summary>
    public static LfsPointer? TryParse(ReadOnlySpan<byte> content)
    {
        if (content.Length >= Longest || !content.StartsWith(Beginning))
        {
            return null;
        }

        var name = content[Beginning.Length..];
        var oid = content.IndexOf("\noid sha256:"u8);
        var digits = oid < 0 ? default : content[(oid + "\noid sha256:"u8.Length)..];
        return (name.StartsWith("git-lfs.github.com/spec/"u8) || name.StartsWith("hawser.github.com/spec/"u8))
            && digits.Length >= OidDigits
            && digits[..OidDigits].IndexOfAnyExcept(HexDigits) < 0
                ? new LfsPointer(Encoding.ASCII.GetString(digits[..OidDigits]))
                : null;
    }
}
