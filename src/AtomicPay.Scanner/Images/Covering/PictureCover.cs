using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Decoding;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>
/// Covers parts of a picture for good: the pixels are replaced before the picture is written anew, so nothing lies under the
/// cover, and nothing of the old file that is no pixel comes along: no metadata, no thumbnail, no bytes after the end.
/// </summary>
internal static class PictureCover
{
    // Neither black nor white: a cover must be seen on dark and on light, and a frame around it says that it is one.
    private static readonly SKColor _cover = new(0x5C, 0x63, 0x70);
    private static readonly SKColor _frame = new(0xB3, 0x26, 0x1E);

    /// <summary>The picture in its own format with the regions covered.</summary>
    /// <param name="content">The picture's file.</param>
    /// <param name="regions">What to cover, in pixels of the picture as displayed.</param>
    /// <param name="covered">The new file.</param>
    /// <returns>Why it cannot be done, as a sentence without its full stop; null when it was.</returns>
    public static string? Cover(ReadOnlySpan<byte> content, IEnumerable<PictureRegion> regions, out byte[] covered)
    {
        covered = [];
        var format = PictureSignature.Of(content);
        if (!PictureEncoder.CanWrite(format))
        {
            return "pictures of this format cannot be written; save it as PNG first";
        }

        using var picture = ColorPicture.Decode(content, out var refusal);
        if (picture is null)
        {
            return refusal;
        }

        Paint(picture, regions);
        covered = PictureEncoder.Encode(picture, format);
        return covered.Length == 0 ? "the picture could not be written" : null;
    }

    /// <summary>The part of the picture around a key, with all of its keys covered; null when it cannot be shown.</summary>
    public static PicturePreview? Preview(ReadOnlySpan<byte> content, PictureRegion key, IEnumerable<PictureRegion> keys)
    {
        const int WidestPreview = 900;
        const int HighestPreview = 360;
        using var picture = ColorPicture.Decode(content, out _);
        if (picture is null)
        {
            return null;
        }

        Paint(picture, keys);
        var width = Math.Min(picture.Width, Math.Max(WidestPreview, key.Width + 40));
        var height = Math.Min(picture.Height, Math.Max(HighestPreview, key.Height + 40));
        var left = Math.Clamp(key.X + (key.Width / 2) - (width / 2), 0, picture.Width - width);
        var top = Math.Clamp(key.Y + (key.Height / 2) - (height / 2), 0, picture.Height - height);
        using var part = new SKBitmap();
        return picture.ExtractSubset(part, new SKRectI(left, top, left + width, top + height))
            ? new PicturePreview(PictureEncoder.Encode(part, PictureFormat.Png), width, height)
            : null;
    }

    private static void Paint(SKBitmap bitmap, IEnumerable<PictureRegion> regions)
    {
        using var canvas = new SKCanvas(bitmap);
        using var fill = new SKPaint { Color = _cover, IsAntialias = false, BlendMode = SKBlendMode.Src };
        using var frame = new SKPaint { Color = _frame, IsAntialias = false, BlendMode = SKBlendMode.Src, IsStroke = true, StrokeWidth = 2 };
        foreach (var region in regions)
        {
            var box = Around(region, bitmap.Width, bitmap.Height);
            canvas.DrawRect(box, fill);
            canvas.DrawRect(SKRect.Inflate(box, -1, -1), frame);
        }
    }

    /// <summary>A little more than where the key was read: the edges of its letters, and compression around them, give it away too.</summary>
    public static SKRect Around(PictureRegion region, int width, int height)
    {
        var margin = Math.Max(3, region.Height / 4);
        return new SKRect(
            Math.Max(0, region.X - margin),
            Math.Max(0, region.Y - margin),
            Math.Min(width, region.X + region.Width + margin),
            Math.Min(height, region.Y + region.Height + margin));
    }
}
