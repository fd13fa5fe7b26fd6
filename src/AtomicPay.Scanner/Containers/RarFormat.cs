using SharpCompress.Archives.Rar;

namespace AtomicPay.Scanner.Containers;

internal sealed class RarFormat : IContainerFormat
{
    public string Name => "rar";

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length >= 8 && head.StartsWith("Rar!\u001a\u0007"u8);

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var archive = RarArchive.OpenArchive(packed, SolidArchive.Options);
            SolidArchive.HandOn(archive, members);
        }
    }
}
