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

    // Blue, green and red from the least significant byte on, without alpha.
    private const uint Opaque = 0xFFFFFF;

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
        PictureFormat.Gif => Gif(picture),
        PictureFormat.Tiff => Leptonica(picture, TiffFormat, bits: 32, color => color << 8, _ => { }),
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

    /// <summary>With the very colours of the picture: a GIF has at most 256, and <see cref="CoverColors.Among"/> adds none that do not fit.</summary>
    private static byte[] Gif(SKBitmap picture)
    {
        var indices = new Dictionary<uint, byte>();
        foreach (var color in new ReadOnlySpan<uint>((uint*)picture.GetPixels(), picture.Width * picture.Height))
        {
            if (indices.TryAdd(color & Opaque, (byte)indices.Count) && indices.Count > CoverColors.LargestPalette)
            {
                return [];
            }
        }

        return Leptonica(picture, GifFormat, bits: 8, color => (uint)indices[color & Opaque] << 24, pix =>
        {
            var palette = LeptonicaLibrary.CreatePalette(8);
            foreach (var color in indices.Keys)
            {
                _ = LeptonicaLibrary.AddColor(palette, (int)(color >> 16) & 0xFF, (int)(color >> 8) & 0xFF, (int)color & 0xFF);
            }

            _ = LeptonicaLibrary.SetPalette(pix, palette);
        });
    }

    /// <param name="picture">What to write.</param>
    /// <param name="format">One of leptonica's formats.</param>
    /// <param name="bits">How many a pixel takes.</param>
    /// <param name="pixelOf">What stands for a colour, in the uppermost bits.</param>
    /// <param name="prepare">What else the picture needs.</param>
    private static byte[] Leptonica(SKBitmap picture, int format, int bits, Func<uint, uint> pixelOf, Action<nint> prepare)
    {
        LeptonicaLibrary.Silence();
        var pix = LeptonicaLibrary.Create(picture.Width, picture.Height, bits);
        try
        {
            if (pix == 0)
            {
                return [];
            }

            prepare(pix);
            var words = LeptonicaLibrary.Data(pix);
            var stride = LeptonicaLibrary.WordsPerLine(pix);
            var from = (uint*)picture.GetPixels();
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < picture.Width; x++)
                {
                    // The first pixel is the word's uppermost bits, whatever the machine's byte order.
                    var bit = (long)x * bits;
                    words[((long)y * stride) + (bit >> 5)] |= pixelOf(*from++) >> (int)(bit & 31);
                }
            }

            if (LeptonicaLibrary.Write(out var bytes, out var length, pix, format) != 0)
            {
                return [];
            }

            var file = new ReadOnlySpan<byte>(bytes, (int)length).ToArray();
            LeptonicaLibrary.Free(bytes);
            return file;
        }
        finally
        {
            LeptonicaLibrary.Destroy(ref pix);
        }
    }
}
