using System.Collections.Immutable;

namespace AtomicPay.Scanner.Containers;

/// <summary>Tells containers by their content and opens them: the one way in for the stages that wire this one.</summary>
internal static class ContainerOpener
{
    /// <summary>The formats, in the order in which they are asked.</summary>
    private static readonly ImmutableArray<IContainerFormat> Formats =
    [
        new ZipFormat(),
        new GzipFormat(),
        new ZlibFormat(),
        new TarFormat(),
        new Bzip2Format(),
        new XzFormat(),
        new ZstandardFormat(),
        new SevenZipFormat(),
        new RarFormat(),
    ];

    /// <summary>Whether a content can be opened; of a large one its beginning is enough.</summary>
    public static bool IsContainer(ReadOnlySpan<byte> content) => FormatOf(content) is not null;

    /// <summary>What the format of a content is called; null for a content that is no container.</summary>
    public static string? NameOf(ReadOnlySpan<byte> content) => FormatOf(content)?.Name;

    /// <summary>Hands on what lies in a container, one level of it: the sink sees to those within.</summary>
    public static void Open(ReadOnlySpan<byte> content, ContainerBudget budget, IMemberSink sink)
    {
        if (FormatOf(content) is not { } format || budget.IsSpent)
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

    private static IContainerFormat? FormatOf(ReadOnlySpan<byte> content)
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

    private static bool MayBeContainer(ReadOnlySpan<byte> content)
    {
        const int tarMagic = 257;
        return content[0] switch
        {
            (byte)'P' => content[1] == 'K',
            (byte)'C' => content[1] == 'r',
            (byte)'B' => content[1] == 'Z',
            (byte)'R' => content[1] == 'a',
            (byte)'7' => content[1] == 'z',
            0x1F or 0x78 or 0xFD or 0x28 => true,
            _ => false,
        }
        || (content.Length > tarMagic && content[tarMagic] == 'u')
        || ZipFormat.EndsAsZip(content);
    }
}
