namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>The picture formats that are told apart by their first bytes.</summary>
internal enum PictureFormat
{
    None,
    Png,
    Jpeg,
    Gif,
    WebP,
    Bmp,
    Icon,
    Tiff,

    /// <summary>HEIC or AVIF.</summary>
    HighEfficiency,
}
