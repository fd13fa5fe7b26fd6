using System.Text;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>Draws screens for tests; the keys on them are made up at run time.</summary>
internal static class DrawnPicture
{
    // Skia's build without dependencies knows no system fonts by name.
    private static readonly Lazy<string?> FontFile = new(static () => new[]
    {
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
        "/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf",
        "/System/Library/Fonts/Menlo.ttc",
        @"C:\Windows\Fonts\consola.ttf",
    }.FirstOrDefault(File.Exists));

    // Without the characters that look like others: what is tested is that keys are found, not how well they are told apart.
    private const string Alphabet = "ABCDEFGHJKMNPQRTUVWXYZabcdefghjkmnpqrtuvwxyz2346789";

    /// <summary>Whether this machine has a font to draw with.</summary>
    public static bool IsPossible => FontFile.Value is not null;

    /// <summary>A key that was never issued, the same for the same seed.</summary>
    public static string Key(int seed, string prefix = "atpay_", int length = 32)
    {
        var random = new Random(seed);
        var key = new StringBuilder(prefix);
        for (var i = 0; i < length; i++)
        {
            key.Append(Alphabet[random.Next(Alphabet.Length)]);
        }

        return key.ToString();
    }

    /// <summary>Lines of text as a terminal or an editor shows them.</summary>
    public static SKBitmap Draw(IReadOnlyList<string> lines, bool dark = false, int width = 900) =>
        Paint(new SKBitmap(width, 60 + (lines.Count * 30)), lines, dark);

    public static void DrawText(SKCanvas canvas, IReadOnlyList<string> lines, SKColor colour, float size)
    {
        using var typeface = SKTypeface.FromFile(FontFile.Value);
        // As browsers draw on Linux and macOS: letters keep the shapes of their outlines.
        using var font = new SKFont(typeface, size) { Hinting = SKFontHinting.Slight, Subpixel = true };
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.DrawText(lines[i], 20, 30 + (size * 1.5f * (i + 0.5f)), SKTextAlign.Left, font, paint);
        }
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>A screen with ordinary lines around the one given, as a PNG.</summary>
    public static byte[] Screen(string line, bool dark = false)
    {
        using var bitmap = Draw(["# settings of the shop", line, "LOG_LEVEL=debug", "PORT=8080"], dark);
        return Encode(bitmap);
    }

    private static SKBitmap Paint(SKBitmap bitmap, IReadOnlyList<string> lines, bool dark)
    {
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(dark ? new SKColor(30, 30, 30) : SKColors.White);
        DrawText(canvas, lines, dark ? new SKColor(212, 212, 212) : new SKColor(20, 20, 20), 20);
        return bitmap;
    }
}
