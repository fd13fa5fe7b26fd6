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
    [InlineData("gif")]
    public void Every_pixel_outside_the_cover_stays_as_it_was(string format)
    {
        Assert.SkipUnless(NativeLibraries.HasLeptonica, "needs leptonica");
        using var drawn = Colourful(colours: format == "gif" ? 256 : 4_000);

        DifferencesOutside(File(drawn, format)).ShouldAllBe(difference => difference == 0);
    }

    /// <summary>Blocks of 16 pixels at most are covered whole, and decoders smooth colours over one pixel more.</summary>
    [Theory]
    [InlineData(SKJpegEncoderDownsample.Downsample420, 60)]
    [InlineData(SKJpegEncoderDownsample.Downsample422, 85)]
    [InlineData(SKJpegEncoderDownsample.Downsample444, 95)]
    public void Every_block_of_a_JPEG_outside_the_cover_stays_as_it_was(SKJpegEncoderDownsample downsample, int quality)
    {
        using var drawn = Colourful(colours: 4_000);
        using var pixels = drawn.PeekPixels();
        using var data = pixels.Encode(new SKJpegEncoderOptions(quality, downsample, SKJpegEncoderAlphaOption.Ignore));

        DifferencesOutside(data!.ToArray(), blockSize: 16).ShouldAllBe(difference => difference == 0);
    }

    [Fact]
    public void Nothing_is_left_of_what_is_covered_in_a_JPEG()
    {
        using var drawn = Colourful(colours: 4_000);
        using var data = drawn.Encode(SKEncodedImageFormat.Jpeg, 90);
        PictureCover.Cover(data.ToArray(), [_key], out var copy).ShouldBeNull();
        using var covered = SKBitmap.Decode(copy);
        var box = PictureCover.Around(_key, covered.Width, covered.Height);

        covered.Pixels.Where((_, i) => SKRectI.Inflate(box, -1, -1).Contains(i % covered.Width, i / covered.Width)).Distinct().Count().ShouldBe(1);
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
    private static IEnumerable<int> DifferencesOutside(byte[] original, int blockSize = 1)
    {
        PictureCover.Cover(original, [_key], out var copy).ShouldBeNull();
        using var before = ColorPicture.Decode(original, frame: null, out _)!;
        using var after = ColorPicture.Decode(copy, frame: null, out _)!;
        (after.Width, after.Height).ShouldBe((before.Width, before.Height));
        var box = PictureCover.Around(_key, before.Width, before.Height);
        if (blockSize > 1)
        {
            box = new SKRectI(
                (box.Left / blockSize * blockSize) - 1,
                (box.Top / blockSize * blockSize) - 1,
                ((box.Right + blockSize - 1) / blockSize * blockSize) + 1,
                ((box.Bottom + blockSize - 1) / blockSize * blockSize) + 1);
        }

        var (was, isNow) = (before.Pixels, after.Pixels);
        return [.. Enumerable.Range(0, was.Length)
            .Where(i => !box.Contains(i % before.Width, i / before.Width))
            .Select(i => Math.Max(Math.Abs(was[i].Red - isNow[i].Red), Math.Max(Math.Abs(was[i].Green - isNow[i].Green), Math.Abs(was[i].Blue - isNow[i].Blue))))];
    }
}
