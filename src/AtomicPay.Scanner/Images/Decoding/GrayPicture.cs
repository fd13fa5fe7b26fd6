using System.Runtime.InteropServices;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>A picture as eight-bit luminance, rows from the top without padding.</summary>
internal sealed class GrayPicture(byte[] pixels, int width, int height)
{
    private const int DarkMedian = 128;

    public byte[] Pixels { get; } = pixels;

    /// <summary>Pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Pixels.</summary>
    public int Height { get; } = height;

    /// <summary>The middle luminance: that of the background in all but photographs.</summary>
    public int Median()
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var pixel in Pixels)
        {
            histogram[pixel]++;
        }

        var median = 0;
        for (var seen = histogram[0]; seen <= Pixels.Length / 2 && median < 255; seen += histogram[median])
        {
            median++;
        }

        return median;
    }

    /// <summary>This picture, or its negative when most of it is dark: recognition is trained on dark text.</summary>
    public GrayPicture OnLightGround() => Median() >= DarkMedian ? this : Inverted();

    public GrayPicture Inverted()
    {
        var inverted = new byte[Pixels.Length];
        for (var i = 0; i < inverted.Length; i++)
        {
            inverted[i] = (byte)(255 - Pixels[i]);
        }

        return new GrayPicture(inverted, Width, Height);
    }

    /// <summary>The part of the picture inside the given rectangle, in pixels, which has to lie within the picture.</summary>
    public GrayPicture Crop(int left, int top, int width, int height)
    {
        if (left == 0 && top == 0 && width == Width && height == Height)
        {
            return this;
        }

        var crop = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            Pixels.AsSpan(((top + y) * Width) + left, width).CopyTo(crop.AsSpan(y * width));
        }

        return new GrayPicture(crop, width, height);
    }

    /// <summary>The picture enlarged by a whole factor, with a cubic filter.</summary>
    public GrayPicture Enlarged(int factor)
    {
        if (factor == 1)
        {
            return this;
        }

        var enlarged = new GrayPicture(new byte[Pixels.Length * factor * factor], Width * factor, Height * factor);
        var from = GCHandle.Alloc(Pixels, GCHandleType.Pinned);
        var to = GCHandle.Alloc(enlarged.Pixels, GCHandleType.Pinned);
        try
        {
            using var source = new SKPixmap(Gray(Width, Height), from.AddrOfPinnedObject(), Width);
            using var target = new SKPixmap(Gray(enlarged.Width, enlarged.Height), to.AddrOfPinnedObject(), enlarged.Width);
            return source.ScalePixels(target, new SKSamplingOptions(SKCubicResampler.CatmullRom)) ? enlarged : this;
        }
        finally
        {
            from.Free();
            to.Free();
        }
    }

    private static SKImageInfo Gray(int width, int height) => new(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
}
