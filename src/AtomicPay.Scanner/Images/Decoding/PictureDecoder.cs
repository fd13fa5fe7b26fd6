namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Turns the bytes of a picture into gray frames as a viewer would show them.</summary>
internal static class PictureDecoder
{
    /// <summary>
    /// Hands every frame and its number, from 0, to <paramref name="accept"/> until that says false. Answers null, or, when not all of
    /// the picture could be decoded, why: a sentence without its full stop.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept) => PictureSignature.Of(content) switch
    {
        PictureFormat.None => "this is not a picture of a known format",
        PictureFormat.HighEfficiency => "HEIC and AVIF pictures cannot be decoded",
        PictureFormat.Tiff => TiffDecoder.Decode(content, accept),
        _ => SkiaDecoder.Decode(content, accept),
    };
}
