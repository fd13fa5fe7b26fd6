namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>What one glyph of a page says and where it stands, in points along and across its line of writing.</summary>
/// <param name="Text">The characters that it stands for.</param>
/// <param name="Start">Where it begins along the line.</param>
/// <param name="End">Where the next one is expected.</param>
/// <param name="Baseline">Where its line lies, across it.</param>
/// <param name="Size">The height of the font.</param>
/// <param name="Angle">The direction of writing, in degrees.</param>
internal readonly record struct PdfGlyph(string Text, double Start, double End, double Baseline, double Size, int Angle)
{
    // A space is a quarter of the height or more in nearly every font, and kerning seldom a tenth.
    private const double NarrowestSpace = 0.16;
    private const double FarthestBack = 0.5;
    private const double SameLine = 0.3;

    public bool IsOnLineOf(PdfGlyph other) =>
        Angle == other.Angle && Math.Abs(Baseline - other.Baseline) <= SameLine * Math.Max(Size, other.Size);

    /// <summary>Whether it stands directly behind another glyph of its line.</summary>
    public bool Follows(PdfGlyph other)
    {
        var gap = Start - other.End;
        var size = Math.Max(Size, other.Size);
        return gap < NarrowestSpace * size && gap > -FarthestBack * size;
    }
}
