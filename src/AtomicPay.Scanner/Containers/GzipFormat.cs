using System.IO.Compression;

namespace AtomicPay.Scanner.Containers;

/// <summary>gzip (RFC 1952), also several streams one after another, as log rotation and parallel compressors write them.</summary>
internal sealed class GzipFormat : IContainerFormat
{
    public string Name => "gzip";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length > 18 && head[0] == 0x1F && head[1] == 0x8B && head[2] == 8 && (head[3] & 0xE0) == 0;

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            members.Add("", unpacked);
        }
    }
}
