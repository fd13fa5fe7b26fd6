using SkiaSharp;

namespace AtomicPay.Scanner.Images.Covering;

/// <summary>What a cover is painted with. Neither black nor white: it must be seen on dark and on light, and a frame says that it is one.</summary>
/// <param name="Cover">Over the key.</param>
/// <param name="Frame">Around it.</param>
/// <param name="Line">Between the two.</param>
internal sealed record CoverColors(SKColor Cover, SKColor Frame, SKColor Line)
{
    public const int LargestPalette = 256;

    public static CoverColors Usual { get; } = new(new SKColor(0x5C, 0x63, 0x70), new SKColor(0xB3, 0x26, 0x1E), SKColors.White);

    /// <summary>The usual colours where a palette has room for them; else the likest of those that the picture has, so that no other colour is pushed out.</summary>
    public static CoverColors Among(SKBitmap picture)
    {
        var colors = new HashSet<SKColor>();
        foreach (var color in picture.Pixels)
        {
            colors.Add(color);
            if (colors.Count > LargestPalette)
            {
                return Usual;
            }
        }

        return colors.Union([Usual.Cover, Usual.Frame, Usual.Line]).Count() <= LargestPalette
            ? Usual
            : new CoverColors(Likest(Usual.Cover), Likest(Usual.Frame), Likest(Usual.Line));

        SKColor Likest(SKColor wanted) => colors.MinBy(c => Math.Abs(c.Red - wanted.Red) + Math.Abs(c.Green - wanted.Green) + Math.Abs(c.Blue - wanted.Blue));
    }
}
