using System.Buffers.Binary;

namespace AtomicPay.Scanner.Containers.Compound;

/// <summary>Finds the pictures that a stream holds among its records: their own signatures tell where they are.</summary>
internal static class EmbeddedPicture
{
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> EndOfJpeg => [0xFF, 0xD9];

    /// <summary>The next picture from an offset on, which then stands behind it.</summary>
    public static bool Find(ReadOnlySpan<byte> stream, ref int at, out ReadOnlySpan<byte> picture)
    {
        while (at < stream.Length)
        {
            var next = stream[at..].IndexOfAny((byte)0x89, (byte)0xFF);
            if (next < 0)
            {
                break;
            }

            at += next;
            var rest = stream[at..];
            var length = rest[0] == 0x89 && rest[1..].StartsWith("PNG\r\n\u001a\n"u8) ? LengthOfPng(rest)
                : rest.StartsWith(Jpeg) && rest.Length > 4 && rest[3] is >= 0xDB ? LengthOfJpeg(rest)
                : 0;
            // At the very beginning it is the stream itself.
            if (length > 0 && at > 0)
            {
                picture = rest[..length];
                at += length;
                return true;
            }

            at++;
        }

        picture = default;
        return false;
    }

    private static int LengthOfPng(ReadOnlySpan<byte> rest)
    {
        for (long at = 8; at + 12 <= rest.Length;)
        {
            var isEnd = rest[(int)(at + 4)..].StartsWith("IEND"u8);
            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(rest[(int)at..]);
            if (isEnd && at <= rest.Length)
            {
                return (int)at;
            }
        }

        return rest.Length;
    }

    // The segments in front of the picture may hold a small one with an end of its own; they say their lengths.
    private static int LengthOfJpeg(ReadOnlySpan<byte> rest)
    {
        var at = 2;
        while (at + 4 <= rest.Length && rest[at] == 0xFF && rest[at + 1] != 0xDA)
        {
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(rest[(at + 2)..]);
        }

        var end = at < rest.Length ? rest[at..].IndexOf(EndOfJpeg) : -1;
        return end < 0 ? rest.Length : at + end + 2;
    }
}
