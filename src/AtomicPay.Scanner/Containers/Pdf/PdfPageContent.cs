namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>What a page shows.</summary>
/// <param name="Text">Its text, line by line.</param>
/// <param name="HasPictures">Whether it shows pictures too.</param>
internal sealed record PdfPageContent(string Text, bool HasPictures);
