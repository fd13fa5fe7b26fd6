using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Decodes the pages of a TIFF with leptonica, which text recognition brings along; Skia cannot.</summary>
internal static unsafe class TiffDecoder
{
    public static string? Decode(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept)
    {
        if (!NativeLibraries.HasLeptonica)
        {
            return "TIFF pictures need leptonica, which comes with Tesseract (apt-get install libtesseract5, or brew install tesseract)";
        }

        LeptonicaLibrary.Silence();
        fixed (byte* bytes = content)
        {
            for (var page = 0; ; page++)
            {
                if (LeptonicaLibrary.ReadTiffHeader(bytes, (nuint)content.Length, page, out var width, out var height, out _, out _, out _, out _, out _) != 0)
                {
                    return page == 0 ? SkiaDecoder.Damaged
                        : TiffExtent.IsCutOff(content) ? "the picture is cut off or damaged: only the part that could be decoded was read"
                        : null;
                }

                if (PictureLimits.Refuse(width, height) is { } refused)
                {
                    return refused;
                }

                if (DecodePage(bytes, content.Length, page) is not { } picture)
                {
                    return $"page {page + 1} of the picture is damaged and could not be decoded";
                }

                if (!accept(picture, page))
                {
                    return null;
                }
            }
        }
    }

    private static GrayPicture? DecodePage(byte* bytes, int length, int page)
    {
        nint decoded = 0;
        nint opaque = 0;
        nint gray = 0;
        try
        {
            decoded = LeptonicaLibrary.ReadTiff(bytes, (nuint)length, page);
            opaque = decoded == 0 ? 0 : LeptonicaLibrary.RemoveAlpha(decoded);
            gray = opaque == 0 ? 0 : LeptonicaLibrary.ConvertToGray(opaque, 0);
            return gray == 0 ? null : Copy(gray);
        }
        finally
        {
            LeptonicaLibrary.Destroy(ref gray);
            LeptonicaLibrary.Destroy(ref opaque);
            LeptonicaLibrary.Destroy(ref decoded);
        }
    }

    private static GrayPicture Copy(nint gray)
    {
        var width = LeptonicaLibrary.Width(gray);
        var height = LeptonicaLibrary.Height(gray);
        var stride = LeptonicaLibrary.WordsPerLine(gray);
        var words = LeptonicaLibrary.Data(gray);
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // The first pixel is the word's most significant byte, whatever the machine's byte order.
                pixels[(y * width) + x] = (byte)(words[((long)y * stride) + (x >> 2)] >> (24 - ((x & 3) << 3)));
            }
        }

        return new GrayPicture(pixels, width, height);
    }
}
