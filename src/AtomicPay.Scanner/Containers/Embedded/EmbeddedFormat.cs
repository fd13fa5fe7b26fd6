using System.Buffers;

namespace AtomicPay.Scanner.Containers.Embedded;

/// <summary>
/// Pictures, archives and documents that a text holds as base64: data URIs in pages and style sheets, notebooks, recorded web
/// traffic, manifests. Where they begin is found by the pass over the bytes that looks for keys, so that it costs no other.
/// </summary>
/// <param name="offsets">Where a signature stands in base64, in ascending order.</param>
/// <param name="isCut">Whether the text goes on behind its end: a run that reaches it is not whole.</param>
internal sealed class EmbeddedFormat(IReadOnlyList<int> offsets, bool isCut) : IContainerFormat
{
    private const int Shortest = 64;

    public string Name => "base64";

    public bool Recognises(ReadOnlySpan<byte> head) => offsets.Count > 0;

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var end = 0;
        var decoded = new ArrayBufferWriter<byte>();
        foreach (var offset in offsets)
        {
            var start = SkipMediaType(content, offset);
            if (members.IsOver || start < end || !Base64Run.BeginsAt(content, start))
            {
                continue;
            }

            decoded.ResetWrittenCount();
            end = Base64Run.Decode(content, start, decoded);
            if (end == content.Length && isCut)
            {
                members.Skip("holds something packed in base64 that is too large to be unpacked there; its bytes were scanned as they are");
            }
            else if (decoded.WrittenCount >= Shortest)
            {
                members.Add("", decoded.WrittenSpan);
            }
        }
    }

    // One sign is longer than the signature: it begins with the media type.
    private static int SkipMediaType(ReadOnlySpan<byte> content, int offset) =>
        content[offset..].StartsWith("bmp;base64,"u8) ? offset + "bmp;base64,".Length : offset;
}
