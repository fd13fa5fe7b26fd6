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

        using var picture = ColorPicture.Decode(content, frame: null, out var refusal);
        if (picture is null)
        {
            return refusal;
        }

        var covers = regions.ToList();
        if (format == PictureFormat.Jpeg)
        {
            covered = JpegBlocks.Erase(content.ToArray(), [.. covers.Select(r => Around(r, picture.Width, picture.Height))]);
            if (covered.Length > 0)
            {
                return null;
            }
        }

        if (!PictureEncoder.KeepsTransparency(format))
        {
            PutOnWhite(picture);
        }

        Paint(picture, covers, framed: null, format == PictureFormat.Gif ? CoverColors.Among(picture) : CoverColors.Usual);
        covered = PictureEncoder.Encode(picture, format);
        return covered.Length == 0 ? "the picture could not be written" : null;
    }

    /// <summary>Replaces the pixels of regions.</summary>
    /// <param name="bitmap">The picture.</param>
    /// <param name="regions">What to cover.</param>
    /// <param name="framed">The one that is pointed at; null to frame each.</param>
    public static void Paint(SKBitmap bitmap, IEnumerable<PictureRegion> regions, PictureRegion? framed) => Paint(bitmap, regions, framed, CoverColors.Usual);

    private static void Paint(SKBitmap bitmap, IEnumerable<PictureRegion> regions, PictureRegion? framed, CoverColors colors)
    {
        using var canvas = new SKCanvas(bitmap);
        var marked = new List<SKRectI>();
        foreach (var region in regions)
        {
            var box = Around(region, bitmap.Width, bitmap.Height);
            Fill(canvas, box, colors.Cover);
            if (framed is null || region == framed)
            {
                marked.Add(box);
            }
        }

        // After all covers, so that none lies over a frame.
        foreach (var box in marked)
        {
            Frame(canvas, box, colors);
        }
    }

    /// <summary>As most viewers show it: what has no place for transparency would show what lies under it.</summary>
    private static void PutOnWhite(SKBitmap bitmap)
    {
        using var drawn = SKImage.FromBitmap(bitmap);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.DrawImage(drawn, 0, 0, SKSamplingOptions.Default);
    }

    /// <summary>A light line within a dark one, so that it stands out whatever lies around.</summary>
    private static void Frame(SKCanvas canvas, SKRectI box, CoverColors colors)
    {
        const int Line = 2;
        Outline(canvas, box, Line, colors.Frame);
        Outline(canvas, SKRectI.Inflate(box, -Line, -Line), 1, colors.Line);
    }

    private static void Outline(SKCanvas canvas, SKRectI box, int width, SKColor color)
    {
        if (box.Width <= 2 * width || box.Height <= 2 * width)
        {
            return;
        }

        Fill(canvas, SKRectI.Create(box.Left, box.Top, box.Width, width), color);
        Fill(canvas, SKRectI.Create(box.Left, box.Bottom - width, box.Width, width), color);
        Fill(canvas, SKRectI.Create(box.Left, box.Top, width, box.Height), color);
        Fill(canvas, SKRectI.Create(box.Right - width, box.Top, width, box.Height), color);
    }

    /// <summary>Every pixel of it gets exactly this colour, whatever was there.</summary>
    private static void Fill(SKCanvas canvas, SKRectI box, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = false, BlendMode = SKBlendMode.Src };
        canvas.DrawRect(box, paint);
    }

    /// <summary>A little more than where the key was read: the edges of its letters, and compression around them, give it away too.</summary>
    public static SKRectI Around(PictureRegion region, int width, int height)
    {
        var margin = Math.Max(3, region.Height / 4);
        return new SKRectI(
            Math.Max(0, region.X - margin),
            Math.Max(0, region.Y - margin),
            Math.Min(width, region.X + region.Width + margin),
            Math.Min(height, region.Y + region.Height + margin));
    }
}
