using System.Diagnostics;
using System.IO.Compression;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>A small picture in every format that a test can write.</summary>
internal static class PictureSamples
{
    /// <summary>The names of the formats.</summary>
    public static readonly string[] Formats = ["png", "interlaced png", "animated png", "jpeg", "webp", "gif", "bmp", "icon", "tiff", "heic", "avif"];

    /// <summary>A picture with a few lines of text.</summary>
    public static byte[] Of(string format)
    {
        using var bitmap = DrawnPicture.Draw(["one line", "and another"], width: 240);
        return Of(format, bitmap);
    }

    /// <summary>The picture in a format.</summary>
    public static byte[] Of(string format, SKBitmap bitmap) => format switch
    {
        "jpeg" => DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Jpeg),
        "webp" => DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Webp),
        "bmp" => PictureBytes.Bmp(bitmap),
        "tiff" => PictureBytes.Tiff(bitmap),
        "gif" => PictureBytes.Gif(bitmap.Width, bitmap.Height, canvas => canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default)),
        "interlaced png" => Png(bitmap, interlaced: true),
        "animated png" => AnimatedPng(bitmap, bitmap),
        "icon" => Icon(bitmap),
        "heic" => WrittenBy("heif-enc", bitmap, static (from, to) => ["-q", "90", "-o", $"{to}.heic", from]),
        "avif" => WrittenBy("heif-enc", bitmap, static (from, to) => ["-A", "-q", "90", "-o", $"{to}.avif", from]),
        _ => DrawnPicture.Encode(bitmap),
    };

    /// <summary>The picture as another program writes it; skips the test where that is not installed.</summary>
    /// <param name="program">The program.</param>
    /// <param name="bitmap">The picture.</param>
    /// <param name="arguments">Its arguments, given a PNG and the path to write to without its extension.</param>
    public static byte[] WrittenBy(string program, SKBitmap bitmap, Func<string, string, string[]> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("atomicpay-test-").FullName;
        try
        {
            var (from, to) = (Path.Combine(folder, "screen.png"), Path.Combine(folder, "out"));
            File.WriteAllBytes(from, DrawnPicture.Encode(bitmap));
            using var process = Process.Start(new ProcessStartInfo(program, arguments(from, to)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            var written = Directory.GetFiles(folder, "out*").SingleOrDefault();
            Assert.SkipWhen(process.ExitCode != 0 || written is null, $"{program} cannot write this here.");
            return File.ReadAllBytes(written!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A gray PNG with one filter for all rows.</summary>
    /// <param name="bitmap">The picture.</param>
    /// <param name="interlaced">In the seven passes of Adam7.</param>
    /// <param name="bits">Bits a pixel: 1, 8 or 16.</param>
    public static byte[] Png(SKBitmap bitmap, bool interlaced = false, int bits = 8)
    {
        (int Left, int Top, int Across, int Down)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        var rows = new List<byte>();
        foreach (var (left, top, across, down) in passes)
        {
            for (var y = top; y < bitmap.Height && left < bitmap.Width; y += down)
            {
                rows.Add(0);
                rows.AddRange(Row(bitmap, y, left, across, bits));
            }
        }

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Header(bitmap.Width, bitmap.Height, bits, interlaced), .. Chunk("IDAT", Zlib([.. rows])), .. Chunk("IEND", [])];
    }

    /// <summary>An animated PNG, one frame for each bitmap, the later ones covering only the rows from a quarter down.</summary>
    public static byte[] AnimatedPng(params SKBitmap[] frames)
    {
        var first = Png(frames[0]);
        var header = first[8..33];
        var sequence = 0;
        List<byte> file = [.. first[..8], .. header, .. Chunk("acTL", [.. Word(frames.Length), .. Word(0)])];
        for (var i = 0; i < frames.Length; i++)
        {
            var top = i == 0 ? 0 : frames[i].Height / 4;
            using var part = new SKBitmap();
            frames[i].ExtractSubset(part, SKRectI.Create(0, top, frames[i].Width, frames[i].Height - top));
            var data = Png(part)[41..^16];
            file.AddRange(Chunk("fcTL", [.. Word(sequence++), .. Word(part.Width), .. Word(part.Height), .. Word(0), .. Word(top), 0, 10, 0, 100, 0, 0]));
            file.AddRange(i == 0 ? Chunk("IDAT", data) : Chunk("fdAT", [.. Word(sequence++), .. data]));
        }

        return [.. file, .. Chunk("IEND", [])];
    }

    /// <summary>A chunk of a PNG.</summary>
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        return [.. Word(data.Length), .. named, .. Word((int)PictureBytes.Crc32(named))];
    }

    public static byte[] Header(int width, int height, int bits = 8, bool interlaced = false) =>
        Chunk("IHDR", [.. Word(width), .. Word(height), (byte)bits, 0, 0, 0, (byte)(interlaced ? 1 : 0)]);

    public static byte[] Word(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Icon(SKBitmap bitmap)
    {
        using var small = bitmap.Resize(new SKImageInfo(200, 64), SKSamplingOptions.Default);
        var png = DrawnPicture.Encode(small);
        return [0, 0, 1, 0, 1, 0, 200, 64, 0, 0, 1, 0, 32, 0, .. BitConverter.GetBytes(png.Length), .. BitConverter.GetBytes(22), .. png];
    }

    private static IEnumerable<byte> Row(SKBitmap bitmap, int y, int left, int across, int bits)
    {
        var pending = 0;
        var count = 0;
        for (var x = left; x < bitmap.Width; x += across)
        {
            var gray = bitmap.GetPixel(x, y).Green;
            if (bits >= 8)
            {
                yield return gray;
                if (bits == 16)
                {
                    yield return gray;
                }

                continue;
            }

            pending = (pending << 1) | (gray > 127 ? 1 : 0);
            if (++count == 8)
            {
                yield return (byte)pending;
                (pending, count) = (0, 0);
            }
        }

        if (count > 0)
        {
            yield return (byte)(pending << (8 - count));
        }
    }
}
