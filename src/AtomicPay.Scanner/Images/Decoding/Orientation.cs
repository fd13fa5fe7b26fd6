using SkiaSharp;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Turns a picture the way its EXIF orientation says that viewers show it.</summary>
internal static class Orientation
{
    public static GrayPicture Apply(GrayPicture picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or < SKEncodedOrigin.TopLeft or > SKEncodedOrigin.LeftBottom)
        {
            return picture;
        }

        var turned = origin >= SKEncodedOrigin.LeftTop;
        var width = turned ? picture.Height : picture.Width;
        var height = turned ? picture.Width : picture.Height;
        var (offset, across, down) = Map(picture.Width, picture.Height, origin);
        var pixels = new byte[picture.Pixels.Length];
        for (var y = 0; y < height; y++)
        {
            var from = offset + (y * down);
            for (var x = 0; x < width; x++, from += across)
            {
                pixels[(y * width) + x] = picture.Pixels[from];
            }
        }

        return new GrayPicture(pixels, width, height);
    }

    /// <summary>Where the shown pixel (0, 0) is stored, and how far a step right or down moves in the stored pixels.</summary>
    public static (int Start, int Across, int Down) Map(int width, int height, SKEncodedOrigin origin)
    {
        var right = width - 1;
        var bottom = height - 1;
        var (start, stepX, stepY) = origin switch
        {
            SKEncodedOrigin.TopRight => ((right, 0), (-1, 0), (0, 1)),
            SKEncodedOrigin.BottomRight => ((right, bottom), (-1, 0), (0, -1)),
            SKEncodedOrigin.BottomLeft => ((0, bottom), (1, 0), (0, -1)),
            SKEncodedOrigin.LeftTop => ((0, 0), (0, 1), (1, 0)),
            SKEncodedOrigin.RightTop => ((0, bottom), (0, -1), (1, 0)),
            SKEncodedOrigin.RightBottom => ((right, bottom), (0, -1), (-1, 0)),
            SKEncodedOrigin.LeftBottom => ((right, 0), (0, 1), (-1, 0)),
            _ => ((0, 0), (1, 0), (0, 1)),
        };
        return ((start.Item2 * width) + start.Item1, (stepX.Item2 * width) + stepX.Item1, (stepY.Item2 * width) + stepY.Item1);
    }
}
