using AtomicPay.Scanner.Images.Native;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>
/// Decodes HEIC and AVIF with the system's libheif, where there is one. It is not shipped: no package of it for .NET brings the
/// decoders too, and their patents are for whoever distributes them to see to.
/// </summary>
internal static unsafe class HighEfficiencyDecoder
{
    public static string? Decode(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept)
    {
        if (!NativeLibraries.HasHeif)
        {
            return "HEIC and AVIF pictures need libheif, which is not installed (apt-get install libheif1, or brew install libheif)";
        }

        fixed (byte* bytes = content)
        {
            var context = HeifLibrary.CreateContext();
            try
            {
                return context == 0 || HeifLibrary.Read(context, bytes, (nuint)content.Length, 0).Code != 0
                    ? SkiaDecoder.Damaged
                    : DecodePictures(context, accept) ?? (IsSequence(content) ? "the picture is a sequence: only its first frame was read" : null);
            }
            finally
            {
                HeifLibrary.FreeContext(context);
            }
        }
    }

    private static bool IsSequence(ReadOnlySpan<byte> content) => content[8..].StartsWith("avis"u8) || content[8..].StartsWith("hevc"u8) || content[8..].StartsWith("msf1"u8);

    private static string? DecodePictures(nint context, Func<GrayPicture, int, bool> accept)
    {
        var ids = new uint[Math.Max(0, HeifLibrary.CountPictures(context))];
        fixed (uint* list = ids)
        {
            _ = HeifLibrary.ListPictures(context, list, ids.Length);
        }

        for (var number = 0; number < ids.Length; number++)
        {
            if (HeifLibrary.Open(context, ids[number], out var picture).Code != 0)
            {
                return SkiaDecoder.Damaged;
            }

            try
            {
                if (PictureLimits.Refuse(HeifLibrary.Width(picture), HeifLibrary.Height(picture)) is { } refused)
                {
                    return refused;
                }

                if (!DecodePicture(picture, number, accept, out var goesOn))
                {
                    return SkiaDecoder.Damaged;
                }

                if (!goesOn)
                {
                    return null;
                }
            }
            finally
            {
                HeifLibrary.Close(picture);
            }
        }

        return ids.Length == 0 ? SkiaDecoder.Damaged : null;
    }

    private static bool DecodePicture(nint picture, int number, Func<GrayPicture, int, bool> accept, out bool goesOn)
    {
        goesOn = true;
        if (HeifLibrary.Decode(picture, out var image, HeifLibrary.Rgb, HeifLibrary.InterleavedRgba, 0).Code != 0)
        {
            return false;
        }

        try
        {
            var (width, height) = (HeifLibrary.PlaneWidth(image, HeifLibrary.Interleaved), HeifLibrary.PlaneHeight(image, HeifLibrary.Interleaved));
            var plane = HeifLibrary.Plane(image, HeifLibrary.Interleaved, out var stride);
            if (plane is null || PictureLimits.Refuse(width, height) is not null)
            {
                return false;
            }

            var pixels = new uint[width * height];
            for (var y = 0; y < height; y++)
            {
                var row = (uint*)(plane + ((long)y * stride));
                for (var x = 0; x < width; x++)
                {
                    // From red, green, blue to blue, green, red.
                    pixels[(y * width) + x] = (row[x] & 0xFF00FF00) | ((row[x] & 255) << 16) | ((row[x] >> 16) & 255);
                }
            }

            foreach (var composite in AlphaCompositing.Flatten(pixels, width, height, HeifLibrary.HasAlpha(picture) == 0))
            {
                goesOn = goesOn && accept(composite, number);
            }

            return true;
        }
        finally
        {
            HeifLibrary.Free(image);
        }
    }
}
