using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Covering;
using AtomicPay.Scanner.Images.Native;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>A cover replaces what it covers, and nothing else.</summary>
public sealed class PictureCoverTests
{
    private static readonly PictureRegion _key = new(60, 40, 200, 20, Candidates: 1);

    [Theory]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("bmp")]
    [InlineData("tif")]
    public void Every_pixel_outside_the_cover_stays_as_it_was(string format)
    {
        Assert.SkipUnless(NativeLibraries.HasLeptonica, "needs leptonica");
        using var drawn = Colourful(colours: 4_000);

        DifferencesOutside(File(drawn, format)).ShouldAllBe(difference => difference == 0);
    }

    /// <summary>JPEG is written anew, with as little loss as the format allows: nobody sees a difference.</summary>
    [Fact]
    public void A_JPEG_outside_the_cover_stays_as_good_as_it_was()
    {
        using var drawn = Colourful(colours: 4_000);
        foreach (var quality in new[] { 60, 85, 95 })
        {
            using var data = drawn.Encode(SKEncodedImageFormat.Jpeg, quality);
            var differences = DifferencesOutside(data.ToArray()).ToList();

            differences.Average().ShouldBeLessThan(1.0);
            differences.Max().ShouldBeLessThanOrEqualTo(12);
        }
    }

    /// <summary>Leptonica tells the colours of a palette apart by the upper four bits of each channel.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(256)]
    public void A_GIF_outside_the_cover_keeps_its_colours_nearly(int colours)
    {
        Assert.SkipUnless(NativeLibraries.HasLeptonica, "needs leptonica");
        using var drawn = Colourful(colours);

        DifferencesOutside(File(drawn, "gif")).Max().ShouldBeLessThanOrEqualTo(15);
    }

    [Fact]
    public void Nothing_is_left_of_what_is_covered()
    {
        using var drawn = Colourful(colours: 4_000);
        PictureCover.Cover(File(drawn, "png"), [_key], out var copy).ShouldBeNull();
        using var covered = SKBitmap.Decode(copy);
        var box = PictureCover.Around(_key, covered.Width, covered.Height);

        var colours = new HashSet<SKColor>();
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                colours.Add(covered.GetPixel(x, y));
            }
        }

        colours.Count.ShouldBe(3);
    }

    [Fact]
    public void A_turned_photograph_is_covered_where_it_shows_the_key()
    {
        using var drawn = Colourful(colours: 4_000);
        using var data = drawn.Encode(SKEncodedImageFormat.Jpeg, 95);
        var turned = PictureBytes.WithOrientation(data.ToArray(), orientation: 6);

        DifferencesOutside(turned).Max().ShouldBeLessThanOrEqualTo(12);
    }

    private static SKBitmap Colourful(int colours)
    {
        var bitmap = new SKBitmap(new SKImageInfo(320, 240, SKColorType.Bgra8888, SKAlphaType.Opaque));
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                // Smooth, as most of a picture is.
                var colour = (x + y) * colours / (bitmap.Width + bitmap.Height);
                bitmap.SetPixel(x, y, new SKColor((byte)(colour & 0xFF), (byte)(colour * 255 / colours), (byte)(255 - (colour * 255 / colours))));
            }
        }

        return bitmap;
    }

    private static byte[] File(SKBitmap bitmap, string format)
    {
        switch (format)
        {
            case "bmp":
                return PictureBytes.Bmp(bitmap);
            case "tif":
                return PictureBytes.Tiff(bitmap);
            case "gif":
                return PictureEncoder.Encode(bitmap, AtomicPay.Scanner.Images.Decoding.PictureFormat.Gif);
            case "webp":
                using (var pixels = bitmap.PeekPixels())
                using (var webp = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 90)))
                {
                    return webp!.ToArray();
                }

            default:
                return DrawnPicture.Encode(bitmap);
        }
    }

    /// <summary>For each pixel outside of the cover, by how much its channels differ at most.</summary>
    private static IEnumerable<int> DifferencesOutside(byte[] original)
    {
        PictureCover.Cover(original, [_key], out var copy).ShouldBeNull();
        using var before = ColorPicture.Decode(original, frame: null, out _)!;
        using var after = ColorPicture.Decode(copy, frame: null, out _)!;
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        var box = PictureCover.Around(_key, before.Width, before.Height);
        var (was, isNow) = (before.Pixels, after.Pixels);
        return [.. Enumerable.Range(0, was.Length)
            .Where(i => !box.Contains(i % before.Width, i / before.Width))
            .Select(i => Math.Max(Math.Abs(was[i].Red - isNow[i].Red), Math.Max(Math.Abs(was[i].Green - isNow[i].Green), Math.Abs(was[i].Blue - isNow[i].Blue))))];
    }
}
