using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AtomicPay.Scanner.Images.Decoding;

namespace AtomicPay.Scanner.Images.Crops;

/// <summary>A line of text cut out of a picture and made level, and the rows of it on which the letters stand.</summary>
internal sealed class LevelLine
{
    // In heights of the box: what is cut out around it, and what of that is searched for letters.
    private const double Before = 0.5;
    private const double After = 1.2;
    private const double Margin = 0.12;
    private const double Surroundings = 0.5;

    // In heights of the letters: the ground above and below them that the recogniser is used to.
    private const double Ground = 0.16;
    private const double SmallestBand = 0.35;

    private readonly GrayPatch _patch;
    private readonly int _top;
    private readonly double _bandTop;
    private readonly double _bandBottom;

    private LevelLine(PixelBox box, GrayPatch patch, int left, int top, double slope, double bandTop, double bandBottom)
    {
        (Box, _patch, Left, _top, Slope, _bandTop, _bandBottom) = (box, patch, left, top, slope, bandTop, bandBottom);
    }

    /// <summary>Where in the picture the text was said to be; what was cut out reaches beyond.</summary>
    public PixelBox Box { get; }

    /// <summary>How far it goes down for each pixel to the right.</summary>
    public double Slope { get; }

    /// <summary>Where in the picture the line was cut out, in pixels.</summary>
    public int Left { get; }

    /// <summary>Pixels.</summary>
    public int Width => _patch.Width;

    /// <summary>The height of the letters with their ground, in pixels.</summary>
    public double Height => _bandBottom - _bandTop;

    public static LevelLine Of(GrayPicture picture, PixelBox box)
    {
        var (left, top, right, bottom, innerTop, innerBottom) = Around(picture, box);
        var height = box.Height * (1 + (2 * Margin));
        var patch = Cut(picture, left, top, right, bottom);
        var slope = Slant.Of(patch, innerTop, innerBottom);
        patch = patch.Levelled(slope);
        var (letterTop, letterBottom) = LetterBand.Of(patch, Math.Max(0, innerTop - 2), Math.Min(patch.Height, innerBottom + 2));
        var (bandTop, bandBottom) = ((double)innerTop, (double)innerBottom);
        if (letterBottom - letterTop > SmallestBand * height)
        {
            var ground = Ground * (letterBottom - letterTop);
            (bandTop, bandBottom) = (Math.Max(0, letterTop - ground), Math.Min(patch.Height, letterBottom + ground));
        }

        return new LevelLine(box, patch, left, top, slope, bandTop, bandBottom);
    }

    /// <summary>The part of the line between two columns of the picture, as the recogniser wants it.</summary>
    public LineCrop Crop(double from, double to, CropVariant variant)
    {
        var start = Math.Clamp((int)Math.Round(from) - Left, 0, _patch.Width - 1);
        var end = Math.Clamp((int)Math.Round(to) - Left, start + 1, _patch.Width);
        var middle = ((_bandTop + _bandBottom) / 2) + (variant.Down * Height);
        var half = Height * variant.Taller / 2;
        var top = Math.Max(0, middle - half);
        var bottom = Math.Max(top + 4, Math.Min(_patch.Height, middle + half));
        var scale = LineCrop.Height / (bottom - top) * variant.Wider;
        var width = Math.Clamp((int)Math.Round((end - start) * scale), 8, LineCrop.GreatestWidth);
        var part = start == 0 && end == _patch.Width ? _patch : _patch.Columns(start, end);
        return new LineCrop(part.Scaled(top, bottom, width, LineCrop.Height), Left + start, (double)width / (end - start));
    }

    /// <summary>The box in the picture around the letters between two of its columns.</summary>
    public PixelBox BoxBetween(double from, double to)
    {
        var shift = Slope * (((from + to) / 2) - Left - (_patch.Width / 2.0));
        var lean = Math.Abs(Slope * (to - from)) / 2;
        return new PixelBox(
            (int)Math.Floor(from),
            Math.Max(0, (int)Math.Floor(_top + _bandTop + shift - lean)),
            (int)Math.Ceiling(to),
            (int)Math.Ceiling(_top + _bandBottom + shift + lean));
    }

    /// <summary>Names all that the line is made of: what two boxes of the same name show is the same.</summary>
    public static UInt128 NameOf(GrayPicture picture, PixelBox box)
    {
        var (left, top, right, bottom, innerTop, innerBottom) = Around(picture, box);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes((ReadOnlySpan<int>)[right - left, bottom - top, innerTop, innerBottom, box.Height]));
        for (var y = top; y < bottom; y++)
        {
            hash.AppendData(picture.Pixels.AsSpan((y * picture.Width) + left, right - left));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }

    // What is cut out of the picture, and which of its rows the box covers.
    private static (int Left, int Top, int Right, int Bottom, int InnerTop, int InnerBottom) Around(GrayPicture picture, PixelBox box)
    {
        var left = Math.Max(0, (int)Math.Round(box.Left - (Before * box.Height)));
        var right = Math.Min(picture.Width, (int)Math.Round(box.Right + (After * box.Height)));
        var around = (int)(Surroundings * box.Height * (1 + (2 * Margin))) + 2;
        var boxTop = (int)Math.Round(box.Top - (Margin * box.Height));
        var boxBottom = (int)Math.Round(box.Bottom + (Margin * box.Height));
        var top = Math.Max(0, boxTop - around);
        var bottom = Math.Min(picture.Height, boxBottom + around);
        return (left, top, right, bottom, Math.Max(0, boxTop - top), Math.Min(bottom, boxBottom) - top);
    }

    private static GrayPatch Cut(GrayPicture picture, int left, int top, int right, int bottom)
    {
        var (width, height) = (right - left, bottom - top);
        var pixels = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = picture.Pixels.AsSpan(((top + y) * picture.Width) + left, width);
            for (var x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = row[x];
            }
        }

        return new GrayPatch(pixels, width, height);
    }
}
