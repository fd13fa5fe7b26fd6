using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace AtomicPay.Scanner.Containers;

/// <summary>bzip2, also several streams one after another.</summary>
internal sealed class Bzip2Format : IContainerFormat
{
    public string Name => "bzip2";

    // The digits of pi that begin the first block: what merely begins with the three letters is text.
    public bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > 10 && head.StartsWith("BZh"u8) && head[3] is >= (byte)'1' and <= (byte)'9' && head[4..].StartsWith("1AY&SY"u8);

    public unsafe void Open(ReadOnlySpan<byte> content, Members members)
    {
        fixed (byte* start = content)
        {
            using var packed = new UnmanagedMemoryStream(start, content.Length);
            using var unpacked = BZip2Stream.Create(packed, CompressionMode.Decompress, true, false, true);
            members.Add("", unpacked);
        }
    }
}
