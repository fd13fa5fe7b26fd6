using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AtomicPay.Scanner.Tests.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The same screenshot, wherever it may lie.</summary>
public sealed class PicturePlaceTests : IDisposable
{
    private static readonly string Key = DrawnPicture.Key(seed: 41);
    private static readonly Lazy<byte[]> Screen = new(static () => DrawnPicture.Screen($"ATOMICPAY_API_KEY={Key}"));

    private readonly Workspace _workspace = new();

    public PicturePlaceTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");

    public static TheoryData<string, string> Places() => new()
    {
        { "setup.png", "setup.png" },
        { "picture.txt", "picture.txt" },
        { "shop.zip", "shop.zip!/img/setup.png" },
        { "guide.docx", "guide.docx!/word/media/image1.png" },
        { "sheet.xlsx", "sheet.xlsx!/xl/media/image1.png" },
        { "guide.pdf", "guide.pdf!/" },
        { "analysis.ipynb", "analysis.ipynb" },
        { "page.html", "page.html" },
        { "notes.md", "notes.md" },
        { "mail.eml", "mail.eml!/setup.png" },
        { "photo.jpg", "photo.jpg!/picture%201" },
        { "phone.jpg", "phone.jpg!/picture%201" },
        { "late.png", "late.png!/picture%20behind%20the%20end" },
        { "setup.gif", "setup.gif" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_key_in_a_screenshot_is_read_in(string file, string place)
    {
        _workspace.Write(file, ContentOf(file));

        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(1, run.Error);
        run.PathsOf(Key).ShouldHaveSingleItem().ShouldStartWith(place);
        run.NotScanned.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("comment.jpg")]
    [InlineData("behind.png")]
    [InlineData("drawing.svg")]
    public async Task A_key_in_the_text_of_a_picture_is_found(string file)
    {
        var key = TestKey.New();
        using var bitmap = DrawnPicture.Draw(["nothing to see"]);
        var jpeg = DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Jpeg);
        _workspace.Write(file, file switch
        {
            "comment.jpg" => [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(key.Length + 2 + 4), .. Encoding.ASCII.GetBytes($"key={key}"), .. jpeg[2..]],
            "behind.png" => [.. DrawnPicture.Encode(bitmap), .. Encoding.ASCII.GetBytes($"key={key}")],
            _ => Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\"><text><tspan>KEY=</tspan><tspan fill=\"red\">{key[..20]}</tspan><tspan dx=\"1\">{key[20..]}</tspan></text></svg>"),
        });

        (await PublishedScanner.Scan(_workspace)).PathsOf(key).ShouldHaveSingleItem().ShouldStartWith(file);
    }

    [Fact]
    public async Task A_text_that_calls_itself_a_picture_is_a_text()
    {
        var key = TestKey.New();
        _workspace.Write("setup.png", $"KEY={key}\n");
        _workspace.Write("empty.png", "");

        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["setup.png"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_that_is_cut_off_is_reported_and_such_a_scan_is_not_clean()
    {
        _workspace.Write("cut.png", Screen.Value[..300]);

        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(2);
        run.NotScanned.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_in_a_screenshot_that_only_history_holds_is_read()
    {
        _workspace.NewRepository();
        _workspace.Write("docs/setup.png", Screen.Value);
        _workspace.Commit("document");
        File.Delete(_workspace.PathOf("docs/setup.png"));
        var removal = _workspace.Commit("tidy up");

        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(Key).ShouldBe(["docs/setup.png"]);
        run.PropertiesOf(Key).GetProperty("origin").GetString().ShouldBe("history");
        run.PropertiesOf(Key).GetProperty("removedIn").ToString().ShouldContain(removal);
    }

    [Fact]
    public async Task A_key_in_a_staged_screenshot_stops_the_commit()
    {
        _workspace.NewRepository();
        _workspace.Commit("begin");
        _workspace.Write("setup.png", Screen.Value);
        _workspace.Git("add", "setup.png");

        var run = await PublishedScanner.Scan(_workspace, "--staged");

        run.ExitCode.ShouldBe(1);
        run.PathsOf(Key).ShouldBe(["setup.png"]);
        run.PropertiesOf(Key).GetProperty("origin").GetString().ShouldBe("staged");
    }

    [Fact]
    public async Task A_picture_that_history_and_many_files_hold_is_counted_once()
    {
        _workspace.NewRepository();
        foreach (var name in (string[])["a.png", "b.png", "c/d.png"])
        {
            _workspace.Write(name, Screen.Value);
        }

        _workspace.Commit("add");

        (await PublishedScanner.Scan(_workspace)).Error.ShouldContain("1 picture");
    }

    public void Dispose() => _workspace.Dispose();

    private static byte[] ContentOf(string file) => Path.GetExtension(file) switch
    {
        ".zip" => Zip("img/setup.png"),
        ".docx" => Zip("word/media/image1.png"),
        ".xlsx" => Zip("xl/media/image1.png"),
        ".pdf" => Pdf(),
        ".jpg" => Jpeg(behindTheEnd: file == "phone.jpg"),
        ".png" when file == "late.png" => [.. DrawnPicture.Screen("nothing to see"), .. Screen.Value],
        ".ipynb" => JsonSerializer.SerializeToUtf8Bytes(new { cells = new[] { new { outputs = new[] { new { data = new Dictionary<string, string> { ["image/png"] = Base64(76) } } } } } }),
        ".html" => Encoding.UTF8.GetBytes($"<html><body><img alt=\"setup\" src=\"data:image/png;base64,{Base64(0)}\"></body></html>"),
        ".md" => Encoding.UTF8.GetBytes($"# Setup\n\n![setup](data:image/png;base64,{Base64(0)})\n"),
        ".eml" => Encoding.UTF8.GetBytes(
            "From: a@example.com\r\nTo: b@example.com\r\nSubject: setup\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
            + $"--part\r\nContent-Type: image/png; name=\"setup.png\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"setup.png\"\r\n\r\n{Base64(76)}\r\n--part--\r\n"),
        _ => Screen.Value,
    };

    // Another picture with the screenshot in its EXIF segment, or behind its end.
    private static byte[] Jpeg(bool behindTheEnd)
    {
        using var screen = SKBitmap.Decode(Screen.Value);
        using var other = DrawnPicture.Draw(["nothing to see"]);
        var (hidden, shown) = (DrawnPicture.Encode(screen, SKEncodedImageFormat.Jpeg), DrawnPicture.Encode(other, SKEncodedImageFormat.Jpeg));
        var length = hidden.Length + 2 + 6;
        return behindTheEnd ? [.. shown, .. hidden] : [.. shown[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. hidden, .. shown[2..]];
    }

    private static string Base64(int width)
    {
        var text = Convert.ToBase64String(Screen.Value);
        return width == 0 ? text : string.Join("\r\n", text.Chunk(width).Select(static line => new string(line)));
    }

    private static byte[] Zip(string path)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry(path).Open();
            member.Write(Screen.Value);
        }

        return bytes.ToArray();
    }

    // A page that is one JPEG, as scanners make them.
    private static byte[] Pdf()
    {
        using var bitmap = SKBitmap.Decode(Screen.Value);
        var jpeg = DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Jpeg);
        var draw = $"q {bitmap.Width} 0 0 {bitmap.Height} 0 0 cm /Im0 Do Q";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {bitmap.Width} {bitmap.Height}] /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>",
            $"<< /Length {draw.Length} >>\nstream\n{draw}\nendstream",
            $"<< /Type /XObject /Subtype /Image /Width {bitmap.Width} /Height {bitmap.Height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length {jpeg.Length} >>\nstream\n{Encoding.Latin1.GetString(jpeg)}\nendstream",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (text, number) in objects.Select(static (text, at) => (text, at + 1)))
        {
            offsets.Add(pdf.Length);
            pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number} 0 obj\n{text}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        pdf.AppendJoin("", offsets.Select(static offset => $"{offset:D10} 00000 n \n"));
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
