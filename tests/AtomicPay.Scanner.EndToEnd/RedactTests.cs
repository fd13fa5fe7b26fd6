using AtomicPay.Scanner.Tests.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Copies of screenshots that can be shown to anybody.</summary>
public sealed class RedactTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public RedactTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");

    [Theory]
    [InlineData("screen.png", 0)]
    [InlineData("screen.webp", 0)]
    [InlineData("screen.jpg", 24)]
    [InlineData("screen.bmp", 0)]
    [InlineData("screen.gif", 0)]
    [InlineData("screen.tif", 0)]
    public async Task A_copy_shows_all_but_the_key(string name, int tolerance)
    {
        var original = Screenshot(name);
        var run = await Redact(name);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("1 key covered");
        var copy = _workspace.PathOf($"copies/{name}");
        (await PublishedScanner.Scan(_workspace, copy)).Results.ShouldBeEmpty();

        // Skia reads no TIFF.
        if (!name.EndsWith(".tif", StringComparison.Ordinal))
        {
            ChangedArea(original, copy, tolerance).ShouldBeInRange(1, 900 * 45);
        }
    }

    [Fact]
    public async Task What_is_no_pixel_does_not_come_along()
    {
        var key = TestKey.New();
        Screenshot("screen.png");
        await File.AppendAllTextAsync(_workspace.PathOf("screen.png"), $"after the end: {key}", TestContext.Current.CancellationToken);
        (await Redact("screen.png")).ExitCode.ShouldBe(0);

        (await File.ReadAllTextAsync(_workspace.PathOf("copies/screen.png"), TestContext.Current.CancellationToken)).ShouldNotContain(key);
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_not_replaced()
    {
        Screenshot("screen.png");
        _workspace.Write("copies/screen.png", "mine");
        var run = await Redact("screen.png");

        run.ExitCode.ShouldBe(2);
        (await File.ReadAllTextAsync(_workspace.PathOf("copies/screen.png"), TestContext.Current.CancellationToken)).ShouldBe("mine");
    }

    [Fact]
    public async Task What_is_no_picture_is_not_copied()
    {
        _workspace.Write("notes.png", "not a picture\n");
        var run = await Redact("notes.png");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("no picture");
        File.Exists(_workspace.PathOf("copies/notes.png")).ShouldBeFalse();
    }

    public void Dispose() => _workspace.Dispose();

    private Task<ScannerRun> Redact(string name) => PublishedScanner.Run(_workspace.Root, "redact", name, "-o", "copies");

    /// <summary>The same screen in the format that the name says.</summary>
    private string Screenshot(string name)
    {
        string[] lines = [$"ATOMICPAY_API_KEY={DrawnPicture.Key(seed: 21)}", "another line of the same screen"];
        using var bitmap = DrawnPicture.Draw(lines);
        return _workspace.Write(name, Path.GetExtension(name) switch
        {
            ".jpg" => DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Jpeg),
            ".webp" => DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Webp),
            ".bmp" => PictureBytes.Bmp(bitmap),
            ".tif" => PictureBytes.Tiff(bitmap),
            ".gif" => PictureBytes.Gif(900, 120, canvas => DrawnPicture.DrawText(canvas, lines, SKColors.Black, 20)),
            _ => DrawnPicture.Encode(bitmap),
        });
    }

    /// <summary>How many pixels differ by more than the tolerance.</summary>
    private static int ChangedArea(string original, string copy, int tolerance)
    {
        using var before = SKBitmap.Decode(original);
        using var after = SKBitmap.Decode(copy);
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        var changed = 0;
        for (var y = 0; y < before.Height; y++)
        {
            for (var x = 0; x < before.Width; x++)
            {
                var (a, b) = (before.GetPixel(x, y), after.GetPixel(x, y));
                changed += Math.Abs(a.Red - b.Red) > tolerance || Math.Abs(a.Green - b.Green) > tolerance || Math.Abs(a.Blue - b.Blue) > tolerance ? 1 : 0;
            }
        }

        return changed;
    }
}
