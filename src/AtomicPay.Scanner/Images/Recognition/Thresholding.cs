namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>How Tesseract tells ink from ground when it looks for lines; the values are its own.</summary>
internal enum Thresholding
{
    /// <summary>One threshold for the picture (Otsu): right for most screens.</summary>
    WholePicture = 0,

    /// <summary>A threshold for each neighbourhood (Sauvola): sees text in selections and under uneven light.</summary>
    Local = 2,
}
