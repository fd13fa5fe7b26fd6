using System.Buffers.Binary;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Native;
using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>Writes a picture in the format that it came in, without loss where the format allows that.</summary>
internal static unsafe class PictureEncoder
{
    private const int GifFormat = 13;
    private const int TiffFormat = 6;

    public static bool CanWrite(PictureFormat format) => format switch
    {
        PictureFormat.Png or PictureFormat.Jpeg or PictureFormat.WebP or PictureFormat.Bmp => true,
        PictureFormat.Gif or PictureFormat.Tiff => NativeLibraries.HasLeptonica,
        _ => false,
    };

    public static bool KeepsTransparency(PictureFormat format) => format is PictureFormat.Png or PictureFormat.WebP;

    /// <returns>Nothing when the encoder fails.</returns>
    public static byte[] Encode(SKBitmap picture, PictureFormat format) => format switch
    {
        PictureFormat.Bmp => Bmp(picture),
        PictureFormat.Gif => Leptonica(picture, GifFormat, withPalette: true),
        PictureFormat.Tiff => Leptonica(picture, TiffFormat, withPalette: false),
        _ => Skia(picture, format),
    };

    private static byte[] Skia(SKBitmap picture, PictureFormat format)
    {
        using var pixels = picture.PeekPixels();
        using var data = format switch
        {
            PictureFormat.Jpeg => pixels.Encode(new SKJpegEncoderOptions(98, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.BlendOnBlack)),
            PictureFormat.WebP => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 70)),
            _ => pixels.Encode(SKPngEncoderOptions.Default),
        };
        return data?.ToArray() ?? [];
    }

    /// <summary>24 bits a pixel, rows from the bottom up: the plainest kind (BITMAPINFOHEADER).</summary>
    private static byte[] Bmp(SKBitmap picture)
    {
        const int Headers = 54;
        var row = ((picture.Width * 3) + 3) & ~3;
        var file = new byte[Headers + (row * picture.Height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), Headers);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), picture.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), picture.Height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        var from = (byte*)picture.GetPixels();
        for (var y = 0; y < picture.Height; y++)
        {
            var to = file.AsSpan(Headers + (row * (picture.Height - 1 - y)));
            for (var x = 0; x < picture.Width; x++, from += 4)
            {
                to[x * 3] = from[0];
                to[(x * 3) + 1] = from[1];
                to[(x * 3) + 2] = from[2];
            }
        }

        return file;
    }

    private static byte[] Leptonica(SKBitmap picture, int format, bool withPalette)
    {
        LeptonicaLibrary.Silence();
        nint color = 0;
        nint written = 0;
        try
        {
            color = LeptonicaLibrary.Create(picture.Width, picture.Height, 32);
            var words = LeptonicaLibrary.Data(color);
            var stride = LeptonicaLibrary.WordsPerLine(color);
            var from = (uint*)picture.GetPixels();
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < picture.Width; x++)
                {
                    words[((long)y * stride) + x] = from[(y * picture.Width) + x] << 8;
                }
            }

            // Nearly exact where there are at most 256 colours, as in a GIF that was one already: a channel may be off by 15.
            written = withPalette ? LeptonicaLibrary.ConvertToPalette(color, 0) : color;
            if (written == 0 || LeptonicaLibrary.Write(out var bytes, out var length, written, format) != 0)
            {
                return [];
            }

            var file = new ReadOnlySpan<byte>(bytes, (int)length).ToArray();
            LeptonicaLibrary.Free(bytes);
            return file;
        }
        finally
        {
            if (written != color)
            {
                LeptonicaLibrary.Destroy(ref written);
            }

            LeptonicaLibrary.Destroy(ref color);
        }
    }
}
