using System.Buffers.Binary;
using SharpCompress.Providers.Default;

namespace AtomicPay.Scanner.Containers;

internal sealed class ZstandardFormat : IContainerFormat
{
    public string Name => "zstd";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length > 8 && BinaryPrimitives.ReadUInt32LittleEndian(head) == 0xFD2FB528;

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var unpacked = Unpack(packed);
            members.Add("", unpacked);
        }
    }

    public static Stream Unpack(Stream packed) => new ZStandardCompressionProvider().CreateDecompressStream(packed);
}
