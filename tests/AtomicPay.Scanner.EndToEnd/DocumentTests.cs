using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class DocumentTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    [Fact]
    public async Task A_key_on_a_page_of_a_pdf_is_found_on_that_page()
    {
        _workspace.Write("docs/guide.pdf", Pdf($"BT /F1 12 Tf 72 700 Td ({_key}) Tj ET"));
        await ShouldBeFound("docs/guide.pdf!/page 1", "pdf");
    }

    [Fact]
    public async Task A_pdf_in_a_mail_that_only_history_holds_is_read()
    {
        _workspace.NewRepository();
        var pdf = Convert.ToBase64String(Pdf($"BT /F1 12 Tf 72 700 Td ({_key}) Tj ET"), Base64FormattingOptions.InsertLineBreaks);
        _workspace.Write("mail.eml", $"From: a@example.com\r\nTo: b@example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"guide.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{pdf}\r\n");
        _workspace.Commit("add");
        File.Delete(_workspace.PathOf("mail.eml"));
        _workspace.Commit("remove");
        await ShouldBeFound("mail.eml!/guide.pdf!/page 1", "mail", "pdf");
    }

    [Fact]
    public async Task A_key_cut_into_runs_of_a_document_is_found()
    {
        const string word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        var runs = string.Concat(_key.Chunk(20).Select(piece => $"<w:r><w:rPr>{string.Concat(Enumerable.Repeat("<w:b/>", 40))}</w:rPr><w:t>{new string(piece)}</w:t></w:r>"));
        _workspace.Write("guide.docx", Zip("word/document.xml", $"<?xml version=\"1.0\"?><w:document xmlns:w=\"{word}\"><w:p>{runs}</w:p></w:document>"));
        await ShouldBeFound("guide.docx!/word/document.xml", "zip", "xml");
    }

    [Fact]
    public async Task An_archive_in_a_notebook_is_opened()
    {
        var zip = Convert.ToBase64String(Zip("app.env", $"KEY={_key}"));
        _workspace.Write("a.ipynb", JsonSerializer.Serialize(new { cells = new[] { new { outputs = new[] { $"<a href='data:application/zip;base64,{zip}'>" } } } }));
        await ShouldBeFound("a.ipynb!/app.env", "base64", "zip");
    }

    [Fact]
    public async Task A_document_that_cannot_be_opened_is_said_and_the_scan_is_not_clean()
    {
        _workspace.Write("cut.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(2);
        run.NotScanned.ShouldHaveSingleItem().ShouldContain("damaged as PDF");
    }

    [Fact]
    public async Task A_picture_of_a_pdf_that_cannot_be_unpacked_is_missed_only_where_pictures_are_asked_for()
    {
        _workspace.Write("scan.pdf", Pdf("BI /W 8 /H 8 /BPC 8 /CS /G /F /JPXDecode ID 0123456789 EI"));

        (await PublishedScanner.Scan(_workspace)).NotScanned.ShouldHaveSingleItem().ShouldContain("picture 1 is packed in a way that is not read");
        var run = await PublishedScanner.Scan(_workspace, "--no-images");
        run.NotScanned.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task ShouldBeFound(string path, params string[] decodedBy)
    {
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(_key).ShouldBe([path.Replace(" ", "%20", StringComparison.Ordinal)]);
        run.PropertiesOf(_key).GetProperty("decodedBy").EnumerateArray().Select(d => d.GetString()).ShouldBe(decodedBy);
        run.NotScanned.ShouldBeEmpty();
    }

    private static byte[] Zip(string path, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry(path).Open();
            member.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static byte[] Pdf(string page)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.ASCII.GetBytes(page));
        }

        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ];
        var pdf = new StringBuilder("%PDF-1.7\n");
        var table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{pdf.Length:D10} 00000 n \n");
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        return Encoding.Latin1.GetBytes($"{pdf}{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{pdf.Length}\n%%EOF\n");
    }
}
