using AtomicPay.Scanner.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>The same screen in every way in which a file can hold it.</summary>
public sealed class PictureFormatTests : IDisposable
{
    private static readonly string Key = DrawnPicture.Key(61);

    private readonly PictureReader _reader = new(static _ => true);

    public PictureFormatTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 16)]
    [InlineData(true, 8)]
    [InlineData(true, 1)]
    [InlineData(true, 16)]
    public void A_png_of_few_or_many_bits_interlaced_or_not_is_read(bool interlaced, int bits)
    {
        using var bitmap = Screen();

        ShouldBeRead(PictureSamples.Png(bitmap, interlaced, bits));
    }

    [Fact]
    public void The_frames_of_an_animated_png_are_read()
    {
        using var before = DrawnPicture.Draw(["nothing yet", "", "", ""]);
        using var after = DrawnPicture.Draw(["nothing yet", "", $"API_KEY={Key}", ""]);

        ShouldBeRead(PictureSamples.AnimatedPng(before, after)).Frame.ShouldBe(1);
    }

    [Theory]
    [InlineData("save('OUT', 'JPEG', progressive=True, quality=90)")]
    [InlineData("convert('CMYK').save('OUT', 'JPEG', quality=92)")]
    [InlineData("convert('L').save('OUT', 'JPEG', quality=90)")]
    [InlineData("convert('P').save('OUT', 'PNG')")]
    [InlineData("convert('LA').save('OUT', 'PNG')")]
    [InlineData("convert('1').save('OUT', 'TIFF', compression='group4')")]
    [InlineData("save('OUT', 'TIFF', compression='tiff_lzw')")]
    [InlineData("save('OUT', 'TIFF', compression='tiff_adobe_deflate')")]
    [InlineData("save('OUT', 'WEBP', lossless=True)")]
    [InlineData("save('OUT', 'WEBP', quality=70)")]
    [InlineData("resize(i.size).point(lambda p: 255).save('OUT', 'GIF', save_all=True, append_images=[i.convert('RGB')], disposal=2)")]
    [InlineData("resize(i.size).point(lambda p: 255).save('OUT', 'WEBP', save_all=True, append_images=[i.convert('RGB')])")]
    [InlineData("convert('P').save('OUT', 'BMP')")]
    [InlineData("convert('1').save('OUT', 'BMP')")]
    public void What_another_program_wrote_is_read(string saving)
    {
        using var bitmap = Screen();

        ShouldBeRead(PictureSamples.WrittenBy("/usr/bin/python3", bitmap, (from, to) => ["-c", $"from PIL import Image; i = Image.open('{from}').convert('RGB'); i.{saving.Replace("OUT", to, StringComparison.Ordinal)}"]));
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("avif")]
    public void HEIC_and_AVIF_are_read_where_there_is_libheif(string extension)
    {
        using var bitmap = Screen();

        ShouldBeRead(PictureSamples.Of(extension, bitmap));
    }

    [Fact]
    public void What_an_editor_left_of_a_screenshot_behind_the_cropped_one_is_read()
    {
        using var whole = DrawnPicture.Draw([.. Enumerable.Range(0, 40).Select(static i => $"line {i} of a long log {DrawnPicture.Key(500 + i, prefix: "")}"), $"API_KEY={Key}", "PORT=8080"]);
        using var cropped = new SKBitmap();
        whole.ExtractSubset(cropped, SKRectI.Create(0, 0, 640, 60));
        var (old, small) = (DrawnPicture.Encode(whole), DrawnPicture.Encode(cropped));

        ShouldBeRead([.. small, .. old[small.Length..]]);
    }

    private static SKBitmap Screen() => DrawnPicture.Draw(["# settings", $"API_KEY={Key}", "PORT=8080"]);

    private KeyReading ShouldBeRead(byte[] content)
    {
        var reading = _reader.Read(content, TestContext.Current.CancellationToken);
        Assert.SkipWhen(_reader.Unavailable is not null, _reader.Unavailable ?? "");
        reading.Incomplete.ShouldBeNull();
        var key = reading.Keys.ShouldHaveSingleItem();
        key.Key.ShouldBe(Key);
        return key;
    }
}
