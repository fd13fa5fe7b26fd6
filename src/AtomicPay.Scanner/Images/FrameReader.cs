using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Keys;
using AtomicPay.Scanner.Images.Lines;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images;

/// <summary>Finds the keys of a frame: looks for lines in parts of a bounded size, and for keys on them. For one thread at a time.</summary>
/// <param name="isIssued">Whether a text that has the form of a key is one, and no placeholder or identifier.</param>
internal sealed class FrameReader(Func<string, bool> isIssued) : IDisposable
{
    // Pixels. Parts overlap by twice what a key's lines are high, and by what its longest line is wide: a key at the edge of one part is
    // well inside the next.
    private const int PartWidth = 8_000;
    private const int PartPixels = 4_000_000;
    private const int LowestPart = 1_000;
    private const int OverlapAcross = 3_000;
    private const int OverlapDown = 200;
    private const int EdgeAcross = 50;
    private const int EdgeDown = 100;

    private readonly KeyFinder _finder = new(isIssued);
    private readonly Lazy<TesseractLayout?> _layout = new(TesseractLayout.TryCreate);

    /// <summary>The keys in a picture; those found so far when the answer is no longer wanted.</summary>
    public ImmutableArray<KeyCandidate> FindKeys(GrayPicture picture, Func<bool> isOver)
    {
        var found = ImmutableArray.CreateBuilder<KeyCandidate>();
        var width = Math.Min(picture.Width, PartWidth);
        var height = Math.Max(LowestPart, PartPixels / width);
        for (var top = 0; (top == 0 || top + OverlapDown < picture.Height) && !isOver(); top += height - OverlapDown)
        {
            for (var left = 0; (left == 0 || left + OverlapAcross < picture.Width) && !isOver(); left += PartWidth - OverlapAcross)
            {
                var part = picture.Crop(left, top, Math.Min(width, picture.Width - left), Math.Min(height, picture.Height - top));
                foreach (var key in FindKeysInPart(part, isOver))
                {
                    var isAtEdge = (left + part.Width < picture.Width && key.Box.Right > part.Width - EdgeAcross)
                        || (top + part.Height < picture.Height && key.Box.Bottom > part.Height - EdgeDown);
                    if (!isAtEdge && !MaskMarks.AreOn(part, key))
                    {
                        found.Add(key with
                        {
                            Lines = [.. key.Lines.Select(line => line.Moved(left, top))],
                            MayGoOn = key.MayGoOn || left + key.Lines[^1].Right + key.Advance > picture.Width,
                        });
                    }
                }
            }
        }

        return found.ToImmutable();
    }

    public void Dispose()
    {
        if (_layout.IsValueCreated)
        {
            _layout.Value?.Dispose();
        }
    }

    private ImmutableArray<KeyCandidate> FindKeysInPart(GrayPicture part, Func<bool> isOver)
    {
        var pieces = LineFinder.Pieces(part);
        var lines = LineBoxes.Of(pieces);
        var (keys, isHinted, hasText) = _finder.Find(part, lines, pieces, isOver);

        // Tesseract finds lines in another way, at the cost of all the rest: worth it where there is no key, or something began like one and
        // was none. Where nothing did, only those lines are looked at that were not found before; where there is no text, none is.
        if (!hasText || (!keys.IsEmpty && !isHinted) || Math.Max(part.Width, part.Height) > TesseractLayout.LargestSide || _layout.Value is not { } layout)
        {
            return keys;
        }

        var others = layout.Lines(part);
        if (!isHinted)
        {
            others = others.FindAll(other => !lines.Exists(line => LineBoxes.Shows(line, other)));
        }

        var more = _finder.Find(part, others, pieces, isOver).Keys.Where(key => !keys.Any(key.IsOn));
        return [.. keys.Concat(more).OrderBy(static key => key.Box.Top).ThenBy(static key => key.Box.Left)];
    }
}
