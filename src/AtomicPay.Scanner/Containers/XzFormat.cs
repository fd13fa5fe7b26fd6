using SharpCompress.Compressors.Xz;

namespace AtomicPay.Scanner.Containers;

internal sealed class XzFormat : IContainerFormat
{
    public string Name => "xz";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length > 12 && head[0] == 0xFD && head[1..].StartsWith("7zXZ\0"u8);

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var unpacked = new XZStream(packed);
            members.Add("", unpacked);
        }
    }
}
