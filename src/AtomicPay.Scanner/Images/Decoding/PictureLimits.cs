namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>How much of a picture is decoded at most, so that a few hostile bytes cannot ask for gigabytes.</summary>
internal static class PictureLimits
{
    /// <summary>Pixels of one frame; its four bytes a pixel are 400 MB.</summary>
    public const long FramePixels = 100_000_000;

    /// <summary>Pixels of all the frames of a picture that are decoded.</summary>
    public const long TotalPixels = 1_000_000_000;

    /// <summary>Frames of an animation or pages of a TIFF that are decoded.</summary>
    public const int Frames = 200;

    /// <summary>Why a frame of this size, in pixels, is not decoded; null when it is.</summary>
    public static string? Refuse(long width, long height) => (width, height) switch
    {
        ( <= 0, _) or (_, <= 0) => "the picture has no size",
        _ when width > FramePixels / height => $"the picture is {width} x {height} pixels, more than the limit of {FramePixels / 1_000_000} million",
        _ => null,
    };
}
