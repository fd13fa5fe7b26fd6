using System.Globalization;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

/// <summary>Writes a small PDF document by hand, so that every part of it is the test's own choice.</summary>
internal sealed class DrawnPdf
{
    private readonly List<byte[]> _objects = [];

    public DrawnPdf()
    {
        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>");
    }

    /// <summary>A document with a page of this content; its font writes letters as themselves.</summary>
    public static DrawnPdf WithPage(string content, string filter = "", Func<byte[], byte[]>? pack = null)
    {
        var pdf = new DrawnPdf();
        pdf.AddStream(filter, (pack ?? (bytes => bytes))(Packed.Text(content)));
        pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>");
        return pdf;
    }

    /// <summary>A document whose font numbers its letters: only its table tells what they are.</summary>
    public static DrawnPdf WithCodedFont(string text)
    {
        var letters = text.Distinct().ToList();
        var codes = string.Concat(text.Select(c => (letters.IndexOf(c) + 1).ToString("x4", CultureInfo.InvariantCulture)));
        var table = string.Concat(letters.Select((c, i) => $"<{i + 1:x4}> <{(int)c:x4}>\n"));
        var pdf = new DrawnPdf();
        pdf.AddStream("/Filter /FlateDecode", Packed.Zlib(Packed.Text($"BT /F1 12 Tf 72 700 Td <{codes}> Tj ET")));
        pdf.Add("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Sans /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>");
        pdf.Add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Sans /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R /DW 600 >>");
        pdf.AddStream("", Packed.Text(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
            + $"1 begincodespacerange <0000> <ffff> endcodespacerange {letters.Count} beginbfchar\n{table}endbfchar endcmap end end"));
        pdf.Add("<< /Type /FontDescriptor /FontName /AAAAAA+Sans /Flags 4 /FontBBox [0 0 600 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>");
        return pdf;
    }

    public DrawnPdf Add(string body)
    {
        _objects.Add(Packed.Text(body));
        return this;
    }

    public DrawnPdf AddStream(string entries, byte[] data)
    {
        _objects.Add([.. Packed.Text($"<< {entries} /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8]);
        return this;
    }

    public DrawnPdf Replace(int number, string body)
    {
        _objects[number - 1] = Packed.Text(body);
        return this;
    }

    public byte[] ToBytes(string trailer = "")
    {
        using var bytes = new MemoryStream();
        bytes.Write("%PDF-1.7\n"u8);
        var offsets = new List<long>();
        for (var i = 0; i < _objects.Count; i++)
        {
            offsets.Add(bytes.Position);
            bytes.Write(Packed.Text($"{i + 1} 0 obj\n"));
            bytes.Write(_objects[i]);
            bytes.Write("\nendobj\n"u8);
        }

        var start = bytes.Position;
        var table = new StringBuilder($"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            table.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        bytes.Write(Packed.Text($"{table}trailer\n<< /Size {_objects.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"));
        return bytes.ToArray();
    }
}
