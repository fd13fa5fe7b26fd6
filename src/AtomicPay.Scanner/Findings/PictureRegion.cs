namespace AtomicPay.Scanner.Findings;

/// <summary>Where a picture shows a key and how sure the reading is.</summary>
/// <param name="X">Left edge, pixels of the picture as displayed.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Candidates">How many readings are plausible.</param>
internal sealed record PictureRegion(int X, int Y, int Width, int Height, int Candidates);
