using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Keys;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images;

/// <summary>Decides how a frame is put before recognition: in which size, in which parts, and whether a second time.</summary>
internal sealed class FrameReader(TesseractEngine engine, KeyFinder finder)
{
    // Recognition reads ordinary screen text better at twice its size, for four times the work: worth it for small pictures and for
    // the few lines on which the first look saw something like a key.
    private const int SmallPicturePixels = 300_000;
    private const int CloserLook = 2;

    // Pixels. Parts overlap by more than a key's two lines are high, and by as much as its longest line is wide.
    private const int PartWidth = 12_000;
    private const int PartHeight = 6_000;
    private const int OverlapAcross = 2_000;
    private const int OverlapDown = 200;

    /// <summary>Finds the keys in a picture. False when recognition was stopped before its end.</summary>
    public bool FindKeys(GrayPicture picture, CancellationToken cancellation, out ImmutableArray<KeyCandidate> keys)
    {
        var found = ImmutableArray.CreateBuilder<KeyCandidate>();
        var complete = true;
        for (var top = 0; top == 0 || top + OverlapDown < picture.Height; top += PartHeight - OverlapDown)
        {
            for (var left = 0; left == 0 || left + OverlapAcross < picture.Width; left += PartWidth - OverlapAcross)
            {
                var part = picture.Crop(left, top, Math.Min(PartWidth, picture.Width - left), Math.Min(PartHeight, picture.Height - top));
                complete &= FindKeysInPart(part, left, top, found, cancellation);
            }
        }

        keys = found.ToImmutable();
        return complete;
    }

    private bool FindKeysInPart(GrayPicture part, int left, int top, ImmutableArray<KeyCandidate>.Builder found, CancellationToken cancellation)
    {
        var factor = part.Width * part.Height <= SmallPicturePixels ? CloserLook : 1;
        var shown = part.OnLightGround();
        var enlarged = shown.Enlarged(factor);
        var complete = engine.Read(enlarged, PageMode.Layout, Thresholding.WholePicture, cancellation, out var lines);
        var keys = finder.Find(SplitLines.Join(lines));
        Add(enlarged, keys, factor, top);
        foreach (var rows in HintedRows.Of(lines, keys, factor, part.Height))
        {
            // Whole rows of the picture: what made recognition lose the key may have made it lose the line's end as well.
            var strip = shown.Crop(0, rows.Top, shown.Width, rows.Height).Enlarged(CloserLook);
            complete &= engine.Read(strip, PageMode.Sparse, Thresholding.Local, cancellation, out lines);
            Add(strip, finder.Find(SplitLines.Join(lines)), CloserLook, top + rows.Top);
        }

        return complete;

        void Add(GrayPicture looked, ImmutableArray<KeyCandidate> candidates, int enlargement, int rowsAbove)
        {
            foreach (var key in candidates.Where(key => !MaskMarks.AreOn(looked, key)))
            {
                found.Add(key with { Lines = [.. key.Lines.Select(line => line.Reduced(enlargement, left, rowsAbove))] });
            }
        }
    }
}
