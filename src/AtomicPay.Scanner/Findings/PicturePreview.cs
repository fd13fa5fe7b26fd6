namespace AtomicPay.Scanner.Findings;

/// <summary>The part of a picture around a key, with every key of the picture covered.</summary>
/// <param name="Png">A PNG file.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record PicturePreview(ReadOnlyMemory<byte> Png, int Width, int Height);
