using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Native;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>Decodes a picture with its colours, the way viewers show it.</summary>
internal static unsafe class ColorPicture
{
    private const string Damaged = "the picture is damaged and cannot be decoded";

    /// <param name="content">The picture's file.</param>
    /// <param name="frame">Which frame or page, from 0; null for the only one, so that a picture that has several is refused.</param>
    /// <param name="refusal">Why it cannot be decoded, as a sentence without its full stop; null when it was.</param>
    public static SKBitmap? Decode(ReadOnlySpan<byte> content, int? frame, out string? refusal)
    {
        fixed (byte* bytes = content)
        {
            if (PictureSignature.Of(content) == PictureFormat.Tiff)
            {
                return DecodeTiff(bytes, content.Length, frame, out refusal);
            }

            using var data = SKData.Create((nint)bytes, content.Length);
            using var codec = Open(data);
            refusal = codec switch
            {
                null => Damaged,
                { FrameCount: > 1 } when frame is null => Several(codec.FrameCount, "frames"),
                _ => PictureLimits.Refuse(codec.Info.Width, codec.Info.Height),
            };
            if (refusal is not null || codec is null)
            {
                return null;
            }

            using var stored = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul));
            // Of an animation Skia draws the frames before that this one needs.
            var options = codec.FrameCount > 1 ? new SKCodecOptions(frame ?? 0) : SKCodecOptions.Default;
            if (codec.GetPixels(stored.Info, stored.GetPixels(), options) != SKCodecResult.Success)
            {
                refusal = Damaged;
                return null;
            }

            return Upright(stored, codec.EncodedOrigin);
        }
    }

    // Not annotated as such, but null for what Skia does not understand.
    private static SKCodec? Open(SKData data) => SKCodec.Create(data);

    private static SKBitmap Upright(SKBitmap stored, SKEncodedOrigin origin)
    {
        var turned = origin >= SKEncodedOrigin.LeftTop;
        var upright = new SKBitmap(stored.Info.WithSize(turned ? stored.Height : stored.Width, turned ? stored.Width : stored.Height));
        var from = (uint*)stored.GetPixels();
        var to = (uint*)upright.GetPixels();
        var map = Orientation.Map(stored.Width, stored.Height, origin);
        for (var y = 0; y < upright.Height; y++)
        {
            for (var x = 0; x < upright.Width; x++)
            {
                to[(y * upright.Width) + x] = from[map.Start + (y * map.Down) + (x * map.Across)];
            }
        }

        return upright;
    }

    private static SKBitmap? DecodeTiff(byte* bytes, int length, int? page, out string? refusal)
    {
        refusal = NativeLibraries.HasLeptonica ? null : "TIFF pictures need leptonica, which comes with Tesseract";
        if (refusal is not null)
        {
            return null;
        }

        LeptonicaLibrary.Silence();
        refusal = page is null && Header(bytes, length, 1, out _, out _) ? Several(2, "pages or more")
            : !Header(bytes, length, page ?? 0, out var width, out var height) ? Damaged
            : PictureLimits.Refuse(width, height);
        return refusal is null ? TiffPixels(bytes, length, page ?? 0, out refusal) : null;
    }

    private static bool Header(byte* bytes, int length, int page, out int width, out int height) =>
        LeptonicaLibrary.ReadTiffHeader(bytes, (nuint)length, page, out width, out height, out _, out _, out _, out _, out _) == 0;

    private static SKBitmap? TiffPixels(byte* bytes, int length, int page, out string? refusal)
    {
        refusal = null;
        nint decoded = 0;
        nint color = 0;
        try
        {
            decoded = LeptonicaLibrary.ReadTiff(bytes, (nuint)length, page);
            color = decoded == 0 ? 0 : LeptonicaLibrary.ConvertToColor(decoded);
            if (color == 0)
            {
                refusal = Damaged;
                return null;
            }

            var (width, height) = (LeptonicaLibrary.Width(color), LeptonicaLibrary.Height(color));
            var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
            var to = (uint*)picture.GetPixels();
            var words = LeptonicaLibrary.Data(color);
            var stride = LeptonicaLibrary.WordsPerLine(color);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    // Leptonica's words are red, green, blue, alpha from the most significant byte on; Skia's begin with alpha.
                    to[(y * width) + x] = 0xFF000000 | (words[((long)y * stride) + x] >> 8);
                }
            }

            return picture;
        }
        finally
        {
            LeptonicaLibrary.Destroy(ref color);
            LeptonicaLibrary.Destroy(ref decoded);
        }
    }

    private static string Several(int count, string noun) => $"the picture has {count} {noun}; save the one that matters as a picture of its own";
}
