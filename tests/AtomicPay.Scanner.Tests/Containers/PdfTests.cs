using System.IO.Compression;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class PdfTests
{
    private readonly string _key = TestKey.New();

    [Fact]
    public void The_text_of_a_page_is_read() =>
        ShouldBeFoundAt("x!/page 1", DrawnPdf.WithPage($"BT /F1 12 Tf 72 700 Td (KEY={_key}) Tj ET", "/Filter /FlateDecode", Packed.Zlib).ToBytes());

    [Fact]
    public void Text_in_a_fonts_own_codes_is_read() =>
        ShouldBeFoundAt("x!/page 1", DrawnPdf.WithCodedFont($"KEY {_key}").ToBytes());

    [Fact]
    public void Text_moved_letter_by_letter_is_joined()
    {
        var kerned = string.Join("-12", _key.Select(c => $"({c})"));
        ShouldBeFoundAt("x!/page 1", DrawnPdf.WithPage($"BT /F1 12 Tf 72 700 Td [{kerned}] TJ ET", "/Filter /FlateDecode", Packed.Zlib).ToBytes());
    }

    [Fact]
    public void Text_drawn_in_pieces_on_one_line_is_joined()
    {
        // Every letter of Courier is 0.6 of its height wide.
        var pieces = string.Join('\n', _key.Chunk(7).Select((piece, i) => FormattableString.Invariant($"BT /F1 10 Tf 1 0 0 1 {72 + (i * 42)} 700 Tm ({new string(piece)}) Tj ET")));
        ShouldBeFoundAt("x!/page 1", DrawnPdf.WithPage(pieces, "/Filter /FlateDecode", Packed.Zlib).ToBytes());
    }

    [Fact]
    public void A_key_that_goes_on_on_the_next_line_is_joined_and_one_followed_by_a_word_is_not()
    {
        var wrapped = $"BT /F1 10 Tf 14 TL 72 700 Td ({_key[..30]}) Tj T* ({_key[30..]}7) Tj T* (Next words) Tj ET";
        Packed.Scan(DrawnPdf.WithPage(wrapped, "/Filter /FlateDecode", Packed.Zlib).ToBytes()).Found.ShouldBe([Packed.Found("x!/page 1", _key + "7")]);

        var followed = $"BT /F1 10 Tf 14 TL 72 700 Td ({_key}) Tj T* (payments) Tj ET";
        Packed.Scan(DrawnPdf.WithPage(followed, "/Filter /FlateDecode", Packed.Zlib).ToBytes()).Found.ShouldBe([Packed.Found("x!/page 1", _key)]);
    }

    [Theory]
    [InlineData("/ASCIIHexDecode")]
    [InlineData("/ASCII85Decode")]
    [InlineData("/RunLengthDecode")]
    [InlineData("[/ASCIIHexDecode /FlateDecode]")]
    [InlineData("/FlateDecode /DecodeParms << /Predictor 12 /Columns 5 >>")]
    public void A_stream_that_no_page_shows_is_unpacked_by_any_filter(string filter)
    {
        var text = Packed.Text($"token: {_key} end");
        var packed = filter switch
        {
            "/ASCIIHexDecode" => Packed.Text(Convert.ToHexString(text) + ">"),
            "/ASCII85Decode" => Ascii85(text),
            "/RunLengthDecode" => [(byte)(text.Length - 1), .. text, 128],
            "[/ASCIIHexDecode /FlateDecode]" => Packed.Text(Convert.ToHexString(Packed.Zlib(text)) + ">"),
            _ => Packed.Zlib(Rows(text, 5)),
        };
        var pdf = DrawnPdf.WithPage("").AddStream($"/Filter {filter}", packed).ToBytes();

        ShouldBeFoundAt("x!/object 6", pdf);
    }

    [Fact]
    public void Links_fields_and_properties_are_read_from_compressed_objects()
    {
        var others = TestKey.New();
        var text = $"10 0 << /S /URI /URI (https://api.example/?key=\\\n{_key}) >> 11 0 << /V <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(others))}> >>";
        var pdf = DrawnPdf.WithPage("").AddStream("/Type /ObjStm /N 2 /First 0 /Filter /FlateDecode", Packed.Zlib(Packed.Text(text))).ToBytes();

        Packed.Scan(pdf).Found.Select(line => line[^64..]).ShouldBe([TestKey.Sha256(_key), TestKey.Sha256(others)], ignoreOrder: true);
    }

    [Fact]
    public void An_attachment_is_opened_under_its_name()
    {
        var pdf = DrawnPdf.WithPage("")
            .AddStream("/Type /EmbeddedFile /Filter /FlateDecode", Packed.Zlib(Packed.Zip(("app.env", Packed.Text(_key)))))
            .Add("<< /Type /Filespec /F (conf.zip) /UF (conf.zip) /EF << /F 6 0 R >> >>")
            .Replace(1, "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(conf.zip) 7 0 R] >> >> >>");

        ShouldBeFoundAt("x!/conf.zip!/app.env", pdf.ToBytes());
    }

    [Fact]
    public void A_document_that_is_cut_off_is_said_to_be()
    {
        var pdf = DrawnPdf.WithPage($"BT /F1 12 Tf 72 700 Td ({_key}) Tj ET").ToBytes();
        foreach (var tenth in Enumerable.Range(1, 9))
        {
            Packed.Scan(pdf[..(pdf.Length * tenth / 10)]).Skipped.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_locked_document_is_said_to_be_encrypted()
    {
        var pdf = DrawnPdf.WithPage("BT (nothing) Tj ET")
            .Add($"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >>")
            .ToBytes("/Encrypt 6 0 R /ID [<01> <01>]");

        Packed.Scan(pdf).Skipped.ShouldBe(["x: is encrypted"]);
    }

    [Fact]
    public void Page_trees_that_lead_in_circles_and_pages_that_draw_themselves_end()
    {
        var loop = DrawnPdf.WithPage($"BT /F1 12 Tf ({_key}) Tj ET", "/Filter /FlateDecode", Packed.Zlib).Replace(2, "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>");
        Packed.Scan(loop.ToBytes()).Found.Length.ShouldBe(1);

        var itself = DrawnPdf.WithPage($"/X Do BT /F1 12 Tf ({_key}) Tj ET").AddStream("/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >> /BBox [0 0 9 9]", Packed.Text("/X Do /X Do"));
        Packed.Scan(itself.ToBytes()).Found.Length.ShouldBe(1);
    }

    [Fact]
    public void A_bomb_of_forms_that_draw_forms_ends()
    {
        var pdf = DrawnPdf.WithPage("/X Do");
        for (var i = 6; i < 40; i++)
        {
            pdf.AddStream($"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {i + 1} 0 R >> >>", Packed.Text("/X Do /X Do /X Do /X Do"));
        }

        var (_, skipped) = Packed.Scan(pdf.ToBytes());

        skipped.ShouldHaveSingleItem().ShouldContain("than any real document's");
    }

    [Fact]
    public void A_stream_bomb_is_left_and_said()
    {
        var bomb = Packed.Zlib(Packed.Zlib(new byte[300 << 20]));
        var pdf = DrawnPdf.WithPage("").AddStream("/Filter [/FlateDecode /FlateDecode]", bomb).ToBytes();

        Packed.Scan(pdf).Skipped.ShouldContain(line => line.Contains("as only a bomb does", StringComparison.Ordinal));
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        var pdf = DrawnPdf.WithCodedFont($"KEY {_key}").AddStream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", Packed.Zlib("1 0 (a)"u8.ToArray())).ToBytes();
        foreach (var damaged in Damaged.Of(pdf))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    private void ShouldBeFoundAt(string path, byte[] pdf)
    {
        var (found, skipped) = Packed.Scan(pdf);
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }

    private static byte[] Rows(byte[] text, int columns) =>
        [.. text.Concat(new byte[(columns - (text.Length % columns)) % columns]).Chunk(columns).SelectMany((row, i) => new byte[] { 0 }.Concat(row))];

    private static byte[] Ascii85(byte[] text)
    {
        var digits = new StringBuilder();
        foreach (var group in text.Chunk(4))
        {
            var value = group.Concat(new byte[4 - group.Length]).Aggregate(0u, (sum, b) => (sum << 8) | b);
            var five = new char[5];
            for (var i = 4; i >= 0; i--)
            {
                five[i] = (char)('!' + (value % 85));
                value /= 85;
            }

            digits.Append(five, 0, group.Length + 1);
        }

        return Packed.Text(digits + "~>");
    }
}
