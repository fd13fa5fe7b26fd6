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
        var right = picture.Width - 1;
        var bottom = picture.Height - 1;

        // Where the shown pixel (0, 0) is stored, and how far a step right or down moves in the stored pixels.
        var (start, stepX, stepY) = origin switch
        {
            SKEncodedOrigin.TopRight => ((right, 0), (-1, 0), (0, 1)),
            SKEncodedOrigin.BottomRight => ((right, bottom), (-1, 0), (0, -1)),
            SKEncodedOrigin.BottomLeft => ((0, bottom), (1, 0), (0, -1)),
            SKEncodedOrigin.LeftTop => ((0, 0), (0, 1), (1, 0)),
            SKEncodedOrigin.RightTop => ((0, bottom), (0, -1), (1, 0)),
            SKEncodedOrigin.RightBottom => ((right, bottom), (0, -1), (-1, 0)),
            _ => ((right, 0), (0, 1), (-1, 0)),
        };
        var offset = (start.Item2 * picture.Width) + start.Item1;
        var across = (stepX.Item2 * picture.Width) + stepX.Item1;
        var down = (stepY.Item2 * picture.Width) + stepY.Item1;
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
}
