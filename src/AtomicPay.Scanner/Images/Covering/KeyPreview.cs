using System.Collections.Immutable;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Isolation;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>Shows where in a picture a key stands without showing it: the part around it, with every key of the picture covered and this one framed.</summary>
internal static class KeyPreview
{
    // Pixels. As wide as a page's text on a desk; so much around a key that one sees which screen it is.
    private const int Width = 900;
    private const int Height = 280;
    private const int Around = 40;

    // A key that is larger than that is shown smaller.
    private const int Widest = 1_200;
    private const int Highest = 600;

    // What a screenshot takes; a photograph takes many times as much, and is no worse for a little loss.
    private const int LargestLossless = 64 * 1024;
    private const int LossyQuality = 80;

    /// <summary>A cover may uncover what was read as one with its neighbour.</summary>
    private const int MostRounds = 4;

    /// <summary>The preview, read again and found to show no key; null when there is none.</summary>
    /// <param name="content">The picture's file.</param>
    /// <param name="keys">All that were read in it.</param>
    /// <param name="shown">The one to show.</param>
    /// <param name="reader">Reads the preview.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static PicturePreview? Of(
        ReadOnlySpan<byte> content, ImmutableArray<KeyReading> keys, KeyReading shown, PictureProcess reader, CancellationToken cancellation)
    {
        using var picture = ColorPicture.Decode(content, shown.Frame, out _);
        if (picture is null)
        {
            return null;
        }

        // Those of other frames too: a key is told of once, and may stay on the screen for longer.
        PictureCover.Paint(picture, keys.Select(key => key.Region), framed: shown.Region);
        using var part = Part(picture, shown.Region);
        for (var round = 0; round < MostRounds; round++)
        {
            var (file, mediaType) = Encode(part);
            var read = reader.Read(file, cancellation);
            if (read.Incomplete is not null)
            {
                return null;
            }

            if (read.Keys.IsEmpty)
            {
                return file.Length == 0 ? null : new PicturePreview(file, mediaType, part.Width, part.Height);
            }

            PictureCover.Paint(part, read.Keys.Select(key => key.Region), framed: null);
        }

        return null;
    }

    /// <summary>Cut out, put on a ground on which its text can be seen, and made smaller where it is very large.</summary>
    private static SKBitmap Part(SKBitmap picture, PictureRegion key)
    {
        var width = Math.Min(picture.Width, Math.Max(Width, key.Width + (2 * Around)));
        var height = Math.Min(picture.Height, Math.Max(Height, key.Height + (2 * Around)));
        var left = Math.Clamp(key.X + (key.Width / 2) - (width / 2), 0, picture.Width - width);
        var top = Math.Clamp(key.Y + (key.Height / 2) - (height / 2), 0, picture.Height - height);
        var scale = Math.Min(1, Math.Min((float)Widest / width, (float)Highest / height));
        var part = new SKBitmap(new SKImageInfo(
            Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(part);
        using var image = SKImage.FromBitmap(picture);
        canvas.Clear(IsLight(picture, left, top, width, height) ? new SKColor(0x1E, 0x22, 0x2A) : SKColors.White);
        canvas.DrawImage(
            image,
            SKRect.Create(left, top, width, height),
            SKRect.Create(part.Width, part.Height),
            scale == 1 ? new SKSamplingOptions(SKFilterMode.Nearest) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return part;
    }

    /// <summary>Whether what is drawn on a transparent ground is light; white would swallow it.</summary>
    private static bool IsLight(SKBitmap picture, int left, int top, int width, int height)
    {
        const int Step = 4;
        const int HalfOpaque = 128;
        long light = 0;
        long opaque = 0;
        for (var y = top; y < top + height; y += Step)
        {
            for (var x = left; x < left + width; x += Step)
            {
                var pixel = picture.GetPixel(x, y);
                if (pixel.Alpha >= HalfOpaque)
                {
                    opaque++;
                    light += pixel.Red + pixel.Green + pixel.Blue > 3 * 170 ? 1 : 0;
                }
            }
        }

        return light > opaque / 2;
    }

    private static (byte[] File, string MediaType) Encode(SKBitmap part)
    {
        var file = PictureEncoder.Encode(part, PictureFormat.Png);
        if (file.Length <= LargestLossless)
        {
            return (file, "image/png");
        }

        using var pixels = part.PeekPixels();
        using var lossy = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, LossyQuality));
        return lossy is null || lossy.Size >= file.Length ? (file, "image/png") : (lossy.ToArray(), "image/webp");
    }
}
