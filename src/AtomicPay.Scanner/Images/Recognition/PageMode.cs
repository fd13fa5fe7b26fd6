namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>How Tesseract looks for lines; the values are its own.</summary>
internal enum PageMode
{
    /// <summary>Columns, blocks, then lines.</summary>
    Layout = 3,

    /// <summary>As much text as possible, in no order.</summary>
    Sparse = 11,
}
