using System.Buffers.Binary;

namespace AtomicPay.Scanner.Containers.Pictures;

/// <summary>
/// The pictures within a JPEG: the thumbnail of its EXIF segment, which may show what was cut away since, previews in other segments, and
/// what stands behind its end, as phones append it. Its texts show in its bytes as they are.
/// </summary>
internal sealed class JpegFormat : IContainerFormat
{
    private const byte Mark = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte FirstApplication = 0xE0;
    private const byte LastApplication = 0xEF;

    public string Name => "jpeg";

    public bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith(Start) && PicturesIn(head).Count > 0;

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var number = 0;
        foreach (var (start, end) in PicturesIn(content))
        {
            members.Add($"picture {++number}", content[start..end]);
        }
    }

    /// <summary>Where a picture begins in bytes that hold something else before it; -1 when none does.</summary>
    public static int IndexOfPicture(ReadOnlySpan<byte> bytes)
    {
        var (jpeg, png) = (bytes.IndexOf(Start), bytes.IndexOf("PNG\r\n\u001a\n"u8));
        png = png > 0 && bytes[png - 1] == 0x89 ? png - 1 : -1;
        return jpeg < 0 ? png : png < 0 ? jpeg : Math.Min(jpeg, png);
    }

    private static ReadOnlySpan<byte> Start => [Mark, 0xD8, Mark];

    private static List<(int Start, int End)> PicturesIn(ReadOnlySpan<byte> content)
    {
        var pictures = new List<(int Start, int End)>();
        var at = 2;
        while (at + 4 <= content.Length && content[at] == Mark && content[at + 1] != EndOfImage)
        {
            var marker = content[at + 1];
            if (marker is Mark or (>= FirstRestart and <= LastRestart))
            {
                at += marker == Mark ? 1 : 2;
                continue;
            }

            var end = Math.Min(content.Length, at + 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]));
            if (marker is >= FirstApplication and <= LastApplication && end > at + 4 && content[(at + 4)..end].IndexOf(Start) is >= 0 and var inside)
            {
                pictures.Add((at + 4 + inside, end));
            }

            at = marker == StartOfScan ? EndOfScan(content, end) : end;
        }

        if (at + 2 < content.Length && content[at] == Mark && IndexOfPicture(content[(at + 2)..]) is >= 0 and var behind)
        {
            pictures.Add((at + 2 + behind, content.Length));
        }

        return pictures;
    }

    // In the coded pixels a mark is followed by a zero or is a restart; any other one ends them.
    private static int EndOfScan(ReadOnlySpan<byte> content, int at)
    {
        while (content[at..].IndexOf(Mark) is >= 0 and var next && at + next + 1 < content.Length)
        {
            at += next;
            if (content[at + 1] is not (0 or Mark or (>= FirstRestart and <= LastRestart)))
            {
                return at;
            }

            at += content[at + 1] == Mark ? 1 : 2;
        }

        return content.Length;
    }
}
