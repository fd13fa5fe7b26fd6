using SharpCompress.Archives.SevenZip;

namespace AtomicPay.Scanner.Containers;

internal sealed class SevenZipFormat : IContainerFormat
{
    public string Name => "7z";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length >= 32 && head[0] == (byte)'7' && head[1] == (byte)'z' && head[2] == 0xBC && head[3] == 0xAF;

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var archive = SevenZipArchive.OpenArchive(packed, SolidArchive.Options);
            SolidArchive.HandOn(archive, members);
        }
    }
}
