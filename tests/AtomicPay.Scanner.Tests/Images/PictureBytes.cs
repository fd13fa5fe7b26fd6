using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>Writes by hand the picture files that Skia cannot encode.</summary>
internal static class PictureBytes
{
    /// <summary>A JPEG with an EXIF segment that holds nothing but the orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A GIF in black and white, one frame for each painter, each drawn on a white ground.</summary>
    public static byte[] Gif(int width, int height, params Action<SKCanvas>[] painters)
    {
        List<byte> gif = [.. "GIF89a"u8, .. Short(width), .. Short(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
        foreach (var paint in painters)
        {
            using var bitmap = new SKBitmap(width, height);
            using (var canvas = new SKCanvas(bitmap))
            {
                canvas.Clear(SKColors.White);
                paint(canvas);
            }

            // Codes of nine bits, with a clear code often enough that they never grow: valid, if not compressed.
            const int clear = 256;
            const int end = 257;
            var codes = new List<int> { clear };
            for (var i = 0; i < width * height; i++)
            {
                codes.Add(bitmap.GetPixel(i % width, i / width).Red > 127 ? 1 : 0);
                if (i % 200 == 199)
                {
                    codes.Add(clear);
                }
            }

            codes.Add(end);
            gif.AddRange([0x21, 0xF9, 4, 4, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, .. Short(width), .. Short(height), 0, 8]);
            foreach (var block in Pack(codes).Chunk(255))
            {
                gif.Add((byte)block.Length);
                gif.AddRange(block);
            }

            gif.Add(0);
        }

        gif.Add(0x3B);
        return [.. gif];
    }

    /// <summary>An uncompressed TIFF in RGB, one page for each bitmap.</summary>
    public static byte[] Tiff(params SKBitmap[] pages)
    {
        const int header = 8;
        const int entries = 9;
        List<byte> tiff = [.. "II*\0"u8, .. Long(header)];
        for (var page = 0; page < pages.Length; page++)
        {
            var bitmap = pages[page];
            var bits = tiff.Count + 2 + (entries * 12) + 4;
            var strip = bits + 6;
            var size = bitmap.Width * bitmap.Height * 3;
            tiff.AddRange([
                .. Short(entries),
                .. Entry(256, 4, 1, bitmap.Width), .. Entry(257, 4, 1, bitmap.Height), .. Entry(258, 3, 3, bits), .. Entry(259, 3, 1, 1),
                .. Entry(262, 3, 1, 2), .. Entry(273, 4, 1, strip), .. Entry(277, 3, 1, 3), .. Entry(278, 4, 1, bitmap.Height), .. Entry(279, 4, 1, size),
                .. Long(page + 1 < pages.Length ? strip + size : 0), .. Short(8), .. Short(8), .. Short(8),
            ]);
            foreach (var pixel in bitmap.Pixels)
            {
                tiff.AddRange([pixel.Red, pixel.Green, pixel.Blue]);
            }
        }

        return [.. tiff];
    }

    /// <summary>A BMP of 32 bits a pixel, rows from the top down.</summary>
    public static byte[] Bmp(SKBitmap bitmap)
    {
        var size = bitmap.Width * bitmap.Height * 4;
        return
        [
            .. "BM"u8, .. Long(54 + size), .. Long(0), .. Long(54),
            .. Long(40), .. Long(bitmap.Width), .. Long(-bitmap.Height), .. Short(1), .. Short(32), .. Long(0), .. Long(size), .. Long(2835), .. Long(2835), .. Long(0), .. Long(0),
            .. bitmap.Pixels.SelectMany(pixel => (byte[])[pixel.Blue, pixel.Green, pixel.Red, 255]),
        ];
    }

    /// <summary>The checksum of a PNG chunk's type and content.</summary>
    public static uint Crc32(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private static List<byte> Pack(List<int> codes)
    {
        var packed = new List<byte>();
        var pending = 0;
        var bits = 0;
        foreach (var code in codes)
        {
            pending |= code << bits;
            for (bits += 9; bits >= 8; bits -= 8)
            {
                packed.Add((byte)pending);
                pending >>= 8;
            }
        }

        packed.Add((byte)pending);
        return packed;
    }

    private static byte[] Entry(int tag, int type, int count, int value) => [.. Short(tag), .. Short(type), .. Long(count), .. Long(value)];

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Long(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
