using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Puts a picture with transparency on a ground on which its text can be seen.</summary>
internal static class AlphaCompositing
{
    // A window's shadow and rounded corners make a few hundred edges; one line of text drawn on nothing makes more.
    private const int FewEdges = 300;
    private const int HalfOpaque = 128;
    private const int ShareThatMatters = 10;

    /// <summary>Over white, over black, or, when text would be lost on either, both.</summary>
    /// <param name="pixels">BGRA, not premultiplied, one to a word.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="opaque">No pixel is transparent.</param>
    public static IEnumerable<GrayPicture> Flatten(uint[] pixels, int width, int height, bool opaque)
    {
        var (dark, light) = opaque ? (0, 0) : EdgeLuminance(pixels, width, height);
        var edges = dark + light;
        if (edges < FewEdges || dark > edges / ShareThatMatters)
        {
            yield return new GrayPicture(opaque ? Gray(pixels) : Over(pixels, 255), width, height);
        }

        if (edges >= FewEdges && light > edges / ShareThatMatters)
        {
            yield return new GrayPicture(Over(pixels, 0), width, height);
        }
    }

    private static byte[] Gray(uint[] pixels)
    {
        var gray = new byte[pixels.Length];
        var i = 0;
        for (; i + Vector128<byte>.Count <= gray.Length; i += Vector128<byte>.Count)
        {
            var left = Vector128.Narrow(Luminance(pixels, i), Luminance(pixels, i + 4));
            var right = Vector128.Narrow(Luminance(pixels, i + 8), Luminance(pixels, i + 12));
            Vector128.Narrow(left, right).CopyTo(gray, i);
        }

        for (; i < gray.Length; i++)
        {
            gray[i] = (byte)Luminance(pixels[i]);
        }

        return gray;
    }

    private static Vector128<uint> Luminance(uint[] pixels, int index)
    {
        var bgra = Vector128.Create(pixels, index);
        var channel = Vector128.Create(255u);
        return ((((bgra >> 16) & channel) * 77) + (((bgra >> 8) & channel) * 150) + ((bgra & channel) * 29)) >> 8;
    }

    private static byte[] Over(uint[] pixels, int ground)
    {
        var gray = new byte[pixels.Length];
        for (var i = 0; i < gray.Length; i++)
        {
            var alpha = (int)(pixels[i] >> 24);
            gray[i] = (byte)(((Luminance(pixels[i]) * alpha) + (ground * (255 - alpha)) + 127) / 255);
        }

        return gray;
    }

    // How many of the pixels on the edge of something transparent are dark and how many light.
    private static (int Dark, int Light) EdgeLuminance(uint[] pixels, int width, int height)
    {
        var dark = 0;
        var light = 0;
        for (var y = 0; y < height; y++)
        {
            var row = pixels.AsSpan(y * width, width);
            for (var x = 1; x < row.Length; x++)
            {
                var left = row[x - 1] >> 24 >= HalfOpaque;
                var right = row[x] >> 24 >= HalfOpaque;
                if (left == right)
                {
                    continue;
                }

                if (Luminance(left ? row[x - 1] : row[x]) < HalfOpaque)
                {
                    dark++;
                }
                else
                {
                    light++;
                }
            }
        }

        return (dark, light);
    }

    // The weights of ITU-R BT.601 in 256ths.
    private static int Luminance(uint bgra) =>
        (int)((((bgra >> 16) & 255) * 77) + (((bgra >> 8) & 255) * 150) + ((bgra & 255) * 29)) >> 8;
}
