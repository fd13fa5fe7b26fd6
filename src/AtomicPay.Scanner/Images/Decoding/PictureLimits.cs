namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>
/// How large a picture may be to be decoded, so that a few hostile bytes cannot ask for gigabytes. How many frames or pages it may have
/// is a question of time, and whoever takes them ends it.
/// </summary>
internal static class PictureLimits
{
    /// <summary>Pixels of one frame; its four bytes a pixel are 400 MB.</summary>
    public const long FramePixels = 100_000_000;

    /// <summary>Why a frame of this size, in pixels, is not decoded; null when it is.</summary>
    public static string? Refuse(long width, long height) => (width, height) switch
    {
        ( <= 0, _) or (_, <= 0) => "the picture has no size",
        _ when width > FramePixels / height => $"the picture is {width} x {height} pixels, more than the limit of {FramePixels / 1_000_000} million",
        _ => null,
    };
}
