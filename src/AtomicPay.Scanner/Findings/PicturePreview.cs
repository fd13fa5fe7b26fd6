namespace AtomicPay.Scanner.Findings;

/// <summary>The part of a picture around a key, with every key of the picture covered.</summary>
/// <param name="File">A picture file that browsers show.</param>
/// <param name="MediaType">What it is: <c>image/png</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record PicturePreview(ReadOnlyMemory<byte> File, string MediaType, int Width, int Height);
