using SkiaSharp;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Decodes PNG, JPEG, GIF, WebP, BMP and ICO with Skia.</summary>
internal static class SkiaDecoder
{
    public const string Damaged = "the picture is damaged and cannot be decoded";

    public static unsafe string? Decode(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept)
    {
        fixed (byte* bytes = content)
        {
            using var data = SKData.Create((nint)bytes, content.Length);
            using var codec = Open(data);
            if (codec is null)
            {
                return Damaged;
            }

            var size = codec.Info;
            return PictureLimits.Refuse(size.Width, size.Height) ?? DecodeFrames(codec, accept);
        }
    }

    /// <summary>The pixels of a picture of one frame, BGRA and not premultiplied; null when it cannot be decoded, or is not of that size.</summary>
    public static unsafe uint[]? DecodeStill(ReadOnlySpan<byte> content, int width, int height)
    {
        fixed (byte* bytes = content)
        {
            using var data = SKData.Create((nint)bytes, content.Length);
            using var codec = Open(data);
            if (codec is null || codec.Info.Width != width || codec.Info.Height != height)
            {
                return null;
            }

            var pixels = new uint[width * height];
            var info = new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
            fixed (uint* target = pixels)
            {
                return codec.GetPixels(info, (nint)target, info.RowBytes, SKCodecOptions.Default) is SKCodecResult.Success ? pixels : null;
            }
        }
    }

    // Not annotated as such, but null for what Skia does not understand.
    private static SKCodec? Open(SKData data) => SKCodec.Create(data);

    private static unsafe string? DecodeFrames(SKCodec codec, Func<GrayPicture, int, bool> accept)
    {
        var width = codec.Info.Width;
        var height = codec.Info.Height;
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        var info = new SKImageInfo(width, height, SKColorType.Bgra8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var total = Math.Max(1, codec.FrameCount);
        var pixels = new uint[width * height];
        var previous = -1;
        for (var frame = 0; frame < total; frame++)
        {
            SKCodecResult result;
            fixed (uint* target = pixels)
            {
                var options = total == 1 ? SKCodecOptions.Default : FrameOptions(codec, frame, previous);
                if (frame > 0 && options.PriorFrame < 0)
                {
                    Array.Clear(pixels);
                }

                result = codec.GetPixels(info, (nint)target, info.RowBytes, options);
            }

            if (result is not (SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
            {
                return frame == 0 ? Damaged : $"the picture is damaged: only the first {frame} of {total} frames were read";
            }

            previous = frame;
            foreach (var composite in AlphaCompositing.Flatten(pixels, width, height, opaque))
            {
                if (!accept(Orientation.Apply(composite, codec.EncodedOrigin), frame))
                {
                    return null;
                }
            }

            if (result != SKCodecResult.Success)
            {
                return total == 1
                    ? "the picture is cut off or damaged: only the part that could be decoded was read"
                    : $"the picture is cut off or damaged in frame {frame + 1} of {total}: nothing after it was read";
            }
        }

        return null;
    }

    // The buffer still holds the frame before; Skia may draw on top of it unless that frame is to be undone first.
    private static SKCodecOptions FrameOptions(SKCodec codec, int frame, int previous)
    {
        const int none = -1;
        if (!codec.GetFrameInfo(frame, out var info) || info.RequiredFrame == none || previous < info.RequiredFrame)
        {
            return new SKCodecOptions(frame, none);
        }

        var undone = codec.GetFrameInfo(previous, out var before) && before.DisposalMethod == SKCodecAnimationDisposalMethod.RestorePrevious;
        return new SKCodecOptions(frame, undone ? none : previous);
    }
}
