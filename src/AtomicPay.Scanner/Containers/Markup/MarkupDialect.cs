using System.Collections.Immutable;

namespace AtomicPay.Scanner.Containers.Markup;

/// <summary>How a kind of XML writes running text.</summary>
/// <param name="Sign">What its namespace has near the beginning of the file.</param>
/// <param name="Needed">An element without which nothing of it can be in pieces; empty for none.</param>
/// <param name="Text">The elements that alone hold running text; empty when all do.</param>
/// <param name="Breaks">The elements that end a word; null when all do but those of <paramref name="Inline"/>.</param>
/// <param name="Inline">The elements that do not end a word, when others do.</param>
internal sealed record MarkupDialect(
    ReadOnlyMemory<byte> Sign, ReadOnlyMemory<byte> Needed, ImmutableHashSet<string> Text, ImmutableHashSet<string>? Breaks, ImmutableHashSet<string> Inline)
{
    private static readonly ImmutableHashSet<string> OfficeText = ["t", "delText", "instrText"];

    private static readonly ImmutableHashSet<string> OfficeBreaks =
        ["p", "br", "cr", "tab", "ptab", "tc", "tr", "si", "is", "c", "row", "comment", "footnote", "endnote", "txbxContent", "fldChar"];

    private static readonly ImmutableHashSet<string> OpenDocumentBreaks =
        ["p", "h", "line-break", "tab", "s", "table-cell", "table-row", "list-item", "annotation", "note", "title", "user-defined"];

    private static readonly ImmutableHashSet<string> InlineOfPages =
        ["span", "b", "i", "u", "s", "em", "strong", "code", "tt", "kbd", "samp", "var", "font", "wbr", "mark", "sub", "sup", "small", "a", "ins", "del"];

    /// <summary>The dialects, in the order in which they are looked for.</summary>
    public static ImmutableArray<MarkupDialect> All { get; } =
    [
        new("schemas.openxmlformats.org/"u8.ToArray(), default, OfficeText, OfficeBreaks, []),
        new("purl.oclc.org/ooxml/"u8.ToArray(), default, OfficeText, OfficeBreaks, []),
        new("schemas.microsoft.com/office/word/2003"u8.ToArray(), default, OfficeText, OfficeBreaks, []),
        new("urn:oasis:names:tc:opendocument"u8.ToArray(), default, [], OpenDocumentBreaks, []),
        new("www.w3.org/2000/svg"u8.ToArray(), "<tspan"u8.ToArray(), [], null, ["tspan", "textPath", "a"]),
        new("www.w3.org/1999/xhtml"u8.ToArray(), "<span"u8.ToArray(), [], null, InlineOfPages),
    ];

    /// <summary>Whether an element is the line of an SVG text, which ends a word only where it moves to another line.</summary>
    public static bool IsPositioned(string element) => element == "tspan";

    /// <summary>Whether an element ends a word.</summary>
    public bool EndsWord(string element) => Breaks?.Contains(element) ?? !Inline.Contains(element);
}
