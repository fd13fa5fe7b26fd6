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
        PictureFormat.HighEfficiency => HighEfficiencyDecoder.Decode(content, accept),
        PictureFormat.Png when AnimatedPngDecoder.IsAnimated(content) => AnimatedPngDecoder.Decode(content, accept),
        PictureFormat.Tiff => TiffDecoder.Decode(content, accept),
        PictureFormat.Png => DecodePng(content, accept),
        _ => SkiaDecoder.Decode(content, accept),
    };

    private static string? DecodePng(ReadOnlySpan<byte> content, Func<GrayPicture, int, bool> accept)
    {
        var goesOn = true;
        var undecoded = SkiaDecoder.Decode(content, (frame, number) => goesOn = accept(frame, number));
        if (goesOn && CroppedRemains.In(content) is { } remains)
        {
            accept(remains, 1);
        }

        return undecoded;
    }
}
