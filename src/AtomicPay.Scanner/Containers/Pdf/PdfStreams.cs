using System.Buffers;
using System.Globalization;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>
/// Hands on every stream of a document unpacked, in the order in which they stand there: of damaged documents too, and of
/// versions that a later change left behind. Nothing is looked up, so nothing can lead in circles.
/// </summary>
internal static class PdfStreams
{
    private const int LongestDictionary = 64 * 1024;

    /// <param name="content">The document.</param>
    /// <param name="members">Takes the streams.</param>
    /// <param name="withAttachments">Whether attachments are handed on too.</param>
    public static void HandOn(ReadOnlySpan<byte> content, Members members, bool withAttachments)
    {
        var strings = new ArrayBufferWriter<byte>();
        var at = 0;
        while (!members.IsOver)
        {
            var keyword = content[at..].IndexOf("stream"u8);
            if (keyword < 0)
            {
                break;
            }

            keyword += at;
            var data = keyword + "stream"u8.Length;
            data += StartsWith(content, data, "\r\n"u8) ? 2 : StartsWith(content, data, "\n"u8) || StartsWith(content, data, "\r"u8) ? 1 : 0;
            var head = content[Math.Max(at, keyword - LongestDictionary)..keyword];
            if (data == keyword + "stream"u8.Length || head.LastIndexOf(" obj"u8) is not (>= 0 and var obj) || head[obj..].IndexOf("<<"u8) is not (>= 0 and var open))
            {
                PdfStrings.Collect(content[at..keyword], strings);
                at = keyword + "stream"u8.Length;
                continue;
            }

            PdfStrings.Collect(content[at..keyword], strings);
            var dictionary = PdfDictionary.Read(head[(obj + open)..]);
            var end = EndOf(content, data, dictionary);
            HandOn(content[data..end], dictionary, NumberBefore(head[..obj]), members, strings, withAttachments);
            at = end;
        }

        PdfStrings.Collect(content[at..], strings);
        members.AddAgain("", strings.WrittenSpan);
    }

    private static unsafe void HandOn(
        ReadOnlySpan<byte> data, PdfDictionary dictionary, string number, Members members, ArrayBufferWriter<byte> strings, bool withAttachments)
    {
        var isJpeg = dictionary.Names("Filter") is [.., "DCTDecode" or "DCT"];
        var isPixels = dictionary.Name("Subtype") == "Image" && !isJpeg;
        if (data.IsEmpty || isPixels || dictionary.Name("Type") == "XRef" || (!withAttachments && dictionary.Name("Type") == "EmbeddedFile"))
        {
            return;
        }

        fixed (byte* start = data)
        {
            using var packed = new UnmanagedMemoryStream(start, data.Length);
            using var unpacked = PdfFilters.Undo(packed, dictionary, out var unknown);
            var path = $"object {number}";
            if (unknown is not (null or "DCTDecode" or "DCT"))
            {
                members.Skip(path, $"is packed in a way that is not read, {unknown}");
                return;
            }

            if (dictionary.Name("Type") == "ObjStm")
            {
                CollectStrings(unpacked, strings);
                packed.Position = 0;
                using var again = PdfFilters.Undo(packed, dictionary, out _);
                members.AddAgain(path, again);
            }
            else
            {
                members.AddAgain(path, unpacked);
            }
        }
    }

    private static void CollectStrings(Stream unpacked, ArrayBufferWriter<byte> strings)
    {
        const int most = 64 << 20;
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (buffer.WrittenCount < most && unpacked.Read(buffer.GetSpan(64 * 1024)) is > 0 and var read)
            {
                buffer.Advance(read);
            }
        }
        catch (InvalidDataException)
        {
            // Told of when the stream itself is handed on.
        }

        PdfStrings.Collect(buffer.WrittenSpan, strings);
    }

    /// <summary>Where a stream ends: where it says so, if the keyword stands there, else before the next such keyword.</summary>
    private static int EndOf(ReadOnlySpan<byte> content, int data, PdfDictionary dictionary)
    {
        if (dictionary.Number("Length") is >= 0 and var length && length <= content.Length - data
            && content[(data + length)..Math.Min(content.Length, data + length + 32)].IndexOf("endstream"u8) >= 0)
        {
            return data + length;
        }

        var end = content[data..].IndexOf("endstream"u8);
        return end < 0 ? content.Length : data + end;
    }

    /// <summary>The number of an object whose generation stands at the end.</summary>
    private static string NumberBefore(ReadOnlySpan<byte> text)
    {
        var generation = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var end = generation < 0 ? -1 : text[..generation].LastIndexOfAnyInRange((byte)'0', (byte)'9');
        var start = end < 0 ? -1 : text[..end].LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end >= 0 && int.TryParse(text[(start + 1)..(end + 1)], CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "?";
    }

    private static bool StartsWith(ReadOnlySpan<byte> content, int at, ReadOnlySpan<byte> text) => content[at..].StartsWith(text);
}
