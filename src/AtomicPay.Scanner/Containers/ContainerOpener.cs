using System.Collections.Immutable;
using AtomicPay.Scanner.Containers.Compound;
using AtomicPay.Scanner.Containers.Databases;
using AtomicPay.Scanner.Containers.Mail;
using AtomicPay.Scanner.Containers.Markup;
using AtomicPay.Scanner.Containers.Pdf;
using AtomicPay.Scanner.Containers.Pictures;

namespace AtomicPay.Scanner.Containers;

/// <summary>Tells containers by their content and opens them: the one way in for the stages that wire this one.</summary>
internal static class ContainerOpener
{
    /// <summary>The formats, in the order in which they are asked.</summary>
    private static readonly ImmutableArray<IContainerFormat> Formats =
    [
        // These may end in a zip archive that is but a part of them, and are no zip archives for that.
        new SqliteFormat(),
        new CompoundFormat(),
        new PdfFormat(),
        new ZipFormat(),
        new GzipFormat(),
        new ZlibFormat(),
        new TarFormat(),
        new ArFormat(),
        new Bzip2Format(),
        new XzFormat(),
        new ZstandardFormat(),
        new SevenZipFormat(),
        new RarFormat(),
        new PngTextFormat(),
        new JpegFormat(),
        new MarkupFormat(),
        new MailFormat(),
    ];

    /// <summary>Whether a content can be opened; of a large one its beginning is enough.</summary>
    public static bool IsContainer(ReadOnlySpan<byte> content) => FormatOf(content) is not null;

    /// <summary>Whether a content of a format is text that may hold other contents as base64: all else is unpacked by its own reader.</summary>
    public static bool IsText(IContainerFormat? format) => format is null or MarkupFormat;

    /// <summary>The format of a content; null for a content that is no container.</summary>
    public static IContainerFormat? FormatOf(ReadOnlySpan<byte> content)
    {
        // Asked of every content, and nearly all are text: a few bytes settle it.
        if (content.Length < 4 || !MayBeContainer(content))
        {
            return null;
        }

        foreach (var format in Formats)
        {
            if (format.Recognises(content))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>Hands on what lies in a container, one level of it: the sink sees to those within.</summary>
    public static void Open(ReadOnlySpan<byte> content, IContainerFormat format, ContainerBudget budget, IMemberSink sink)
    {
        if (budget.IsSpent)
        {
            return;
        }

        if (budget.Depth == budget.Limits.Depth)
        {
            sink.Skip("", $"lies {budget.Depth} archives deep, which is the deepest that is opened; it was scanned as it is");
            return;
        }

        var members = new Members(sink, budget, content.Length);
        budget.Depth++;
        try
        {
            format.Open(content, members);
        }
        // Parsers of other people's making throw whatever hostile content leads them to; what the sink throws is ours.
        catch (Exception e) when (e is not OperationCanceledException && !members.IsHandingOn)
        {
            members.Skip($"is damaged or cut off as {format.Name}; what could be unpacked before the damage was scanned");
        }
        finally
        {
            budget.Depth--;
        }
    }

    private static bool MayBeContainer(ReadOnlySpan<byte> content)
    {
        const int tarMagic = 257;
        return content[0] switch
        {
            (byte)'P' => content[1] == 'K',
            (byte)'C' => content[1] == 'r',
            (byte)'B' => content[1] == 'Z',
            (byte)'R' => content[1] == 'a',
            (byte)'7' => content[1] is (byte)'z' or 0x7F,
            (byte)'S' => content[1] == 'Q',
            0x89 or 0xD0 or 0xD9 => true,
            (byte)'%' => content[1] == 'P',
            (byte)'!' => content[1] == '<',
            0xFF => content[1] == 0xD8,
            (byte)'<' or 0xEF or 0x1F or 0x78 or 0xFD or 0x28 => true,
            _ => false,
        }
        || (content.Length > tarMagic && content[tarMagic] == 'u')
        || MailFormat.MayBegin(content)
        || ZipFormat.EndsAsZip(content);
    }
}
