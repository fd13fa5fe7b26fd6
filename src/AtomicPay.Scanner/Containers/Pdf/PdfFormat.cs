namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>PDF: the text and pictures of its pages, its attachments, and all of its streams and strings.</summary>
internal sealed class PdfFormat : IContainerFormat
{
    // Readers allow for as much in front of the header.
    private const int LatestHeader = 1024;

    public string Name => "pdf";

    public bool Recognises(ReadOnlySpan<byte> head) => head[..Math.Min(head.Length, LatestHeader)].IndexOf("%PDF-"u8) >= 0;

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var pages = new PdfPages(content.ToArray(), members.WantsPictures);
        var (found, missing) = pages.Read();
        if (pages.IsLocked)
        {
            members.Skip("is encrypted");
            return;
        }

        foreach (var (path, bytes) in found)
        {
            members.Add(path, bytes);
        }

        // The library says the same of a page and its pictures many times over.
        foreach (var reason in missing.Distinct())
        {
            members.Skip(reason);
        }

        // The library makes do with what is there of a document, and does not say what is missing.
        if (missing.Count == 0 && content.LastIndexOf("%%EOF"u8) < 0)
        {
            members.Skip("is cut off; what there is of it was scanned");
        }

        if (!pages.IsEncrypted)
        {
            PdfStreams.HandOn(content, members, withAttachments: !pages.HasAttachments);
        }

        // A file may be both a document and an archive.
        if (ZipFormat.EndsAsZip(content))
        {
            new ZipFormat().Open(content, members);
        }
    }
}
