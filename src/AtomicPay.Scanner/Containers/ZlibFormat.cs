using System.IO.Compression;

namespace AtomicPay.Scanner.Containers;

/// <summary>A file that is one zlib stream (RFC 1950), as git's loose objects and many caches are.</summary>
internal sealed class ZlibFormat : IContainerFormat
{
    /// <summary>Bytes that must unpack before a content counts as zlib: its two bytes of signature also begin ordinary text, <c>x^2</c>.</summary>
    private const int Probe = 16;

    public string Name => "zlib";

    public bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > 8 && head[0] == 0x78 && head[1] is 0x01 or 0x5E or 0x9C or 0xDA && (head[2] & 6) != 6 && Unpacks(head);

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            members.Add("", unpacked);
        }
    }

    private static unsafe bool Unpacks(ReadOnlySpan<byte> head)
    {
        fixed (byte* start = head)
        {
            using var packed = new UnmanagedMemoryStream(start, head.Length);
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            try
            {
                Span<byte> probe = stackalloc byte[Probe];
                return unpacked.ReadAtLeast(probe, Probe, throwOnEndOfStream: false) > 0;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }
    }
}
