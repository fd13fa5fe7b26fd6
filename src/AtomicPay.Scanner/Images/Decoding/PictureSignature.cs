using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Tells a picture by its first bytes; names and extensions lie too often.</summary>
internal static class PictureSignature
{
    private const int MinimumBytes = 26;

    public static PictureFormat Of(ReadOnlySpan<byte> content)
    {
        if (content.Length < MinimumBytes)
        {
            return PictureFormat.None;
        }

        return content[0] switch
        {
            0x89 when IsPng(content) => PictureFormat.Png,
            0xFF when content[1] == 0xD8 && content[2] == 0xFF => PictureFormat.Jpeg,
            (byte)'G' when content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) => PictureFormat.Gif,
            (byte)'R' when content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) => PictureFormat.WebP,
            (byte)'B' when IsBmp(content) => PictureFormat.Bmp,
            (byte)'I' when content.StartsWith("II*\0"u8) || content.StartsWith("II+\0"u8) => PictureFormat.Tiff,
            (byte)'M' when content.StartsWith("MM\0*"u8) || content.StartsWith("MM\0+"u8) => PictureFormat.Tiff,
            0 when IsIcon(content) => PictureFormat.Icon,
            0 when IsHighEfficiency(content) => PictureFormat.HighEfficiency,
            _ => PictureFormat.None,
        };
    }

    // A u8 literal cannot hold the byte 0x89, so the rest of the signature is compared without it.
    private static bool IsPng(ReadOnlySpan<byte> content) => content[1..].StartsWith("PNG\r\n\u001a\n"u8);

    // "BM" also begins ordinary text: the reserved zeros and a known header length make the difference.
    private static bool IsBmp(ReadOnlySpan<byte> content) =>
        content[1] == (byte)'M'
        && BinaryPrimitives.ReadUInt32LittleEndian(content[6..]) == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(content[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    private static bool IsIcon(ReadOnlySpan<byte> content)
    {
        const int directory = 6;
        const int entry = 16;
        if (!content.StartsWith("\0\0\u0001\0"u8))
        {
            return false;
        }

        var images = BinaryPrimitives.ReadUInt16LittleEndian(content[4..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(content[14..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(content[18..]);
        return images is > 0 and <= 64 && content[9] == 0 && length > 0 && offset >= directory + (entry * images) && offset < content.Length;
    }

    private static bool IsHighEfficiency(ReadOnlySpan<byte> content) =>
        content[4..].StartsWith("ftyp"u8)
        && Encoding.ASCII.GetString(content.Slice(8, 4)) is "avif" or "avis" or "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1";
}
