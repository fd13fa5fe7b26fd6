namespace AtomicPay.Scanner.Tests.Containers;

public sealed class MarkupTests
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly string _key = TestKey.New();

    [Fact]
    public void Runs_with_any_number_of_properties_between_them_are_joined()
    {
        var properties = string.Concat(Enumerable.Range(0, 30).Select(i => $"<w:p{i}r w:val=\"{i}\"/>"));
        var runs = string.Concat(Pieces(20).Select(piece => $"<w:r w:rsidRPr=\"00AB\"><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{piece}</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>"));
        ShouldBeFoundAlone(Packed.Zip(("word/document.xml", Packed.Text($"<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"{Word}\"><w:p>{runs}</w:p></w:document>"))), "x!/word/document.xml");
    }

    [Fact]
    public void Paragraphs_are_not_joined()
    {
        var text = $"<?xml version=\"1.0\"?><w:document xmlns:w=\"{Word}\"><w:p><w:r><w:t>{_key}</w:t></w:r></w:p><w:p><w:r><w:t>Next</w:t></w:r></w:p></w:document>";
        ShouldBeFoundAlone(Packed.Text(text), "x");
    }

    [Fact]
    public void A_shared_string_in_runs_is_joined()
    {
        var runs = string.Concat(Pieces(22).Select(piece => $"<r><rPr><sz val=\"11\"/></rPr><t>{piece}</t></r>"));
        var strings = $"<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si>{runs}</si><si><t>other</t></si></sst>";
        ShouldBeFoundAlone(Packed.Zip(("xl/sharedStrings.xml", Packed.Text(strings))), "x!/xl/sharedStrings.xml");
    }

    [Fact]
    public void Spans_of_an_open_document_are_joined()
    {
        var spans = string.Concat(Pieces(18).Select(piece => $"<text:span text:style-name=\"T1\">{piece}</text:span>"));
        var document = $"<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><text:p>{spans}</text:p></office:document-content>";
        ShouldBeFoundAlone(Packed.Zip(("content.xml", Packed.Text(document))), "x!/content.xml");
    }

    [Fact]
    public void Spans_of_a_drawing_on_one_line_are_joined()
    {
        var spans = string.Concat(Pieces(20).Select((piece, i) => $"<tspan x=\"{i * 80}\" y=\"10\">{piece}</tspan>"));
        ShouldBeFoundAlone(Packed.Text($"<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{spans}<tspan x=\"0\" y=\"30\">next</tspan></text></svg>"), "x");
    }

    [Fact]
    public void Spans_in_a_books_page_are_joined()
    {
        var spans = string.Concat(Pieces(25).Select(piece => $"<span class=\"c\">{piece}</span>"));
        var page = $"<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>{spans}</p><p>next</p></body></html>";
        ShouldBeFoundAlone(Packed.Zip(("mimetype", Packed.Text("application/epub+zip")), ("OEBPS/a.xhtml", Packed.Text(page))), "x!/OEBPS/a.xhtml");
    }

    [Fact]
    public void A_link_and_a_comment_of_a_document_are_found()
    {
        var links = $"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Target=\"https://api.example/?key={_key}\" TargetMode=\"External\"/></Relationships>";
        ShouldBeFoundAlone(Packed.Zip(("word/_rels/document.xml.rels", Packed.Text(links))), "x!/word/_rels/document.xml.rels");
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        foreach (var damaged in Damaged.Of(Packed.Text($"<?xml version=\"1.0\"?><w:document xmlns:w=\"{Word}\"><!-- a --><w:p w:a=\"1\"><w:t>{_key}<![CDATA[b]]></w:t></w:p></w:document>")))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    private IEnumerable<string> Pieces(int length) => _key.Chunk(length).Select(piece => new string(piece));

    private void ShouldBeFoundAlone(byte[] content, string path)
    {
        var (found, skipped) = Packed.Scan(content);
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }
}
