using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Keys;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images;

/// <summary>Rows of a picture, in pixels, that deserve a closer look.</summary>
internal readonly record struct HintedRows(int Top, int Height)
{
    // In heights of the line: room for the line's own strokes, and below for the lines into which a key is wrapped.
    private const double Above = 0.8;
    private const double Below = 3;

    // A picture full of hints is a page about payments.
    private const int MaximumRows = 6;

    /// <summary>The rows of lines that hint at a key without showing one, from top to bottom and not overlapping.</summary>
    /// <param name="lines">The lines of the first look.</param>
    /// <param name="keys">The keys of the first look.</param>
    /// <param name="factor">How many times larger than the picture the first look was.</param>
    /// <param name="height">The picture's height in pixels.</param>
    public static List<HintedRows> Of(ImmutableArray<TextLine> lines, ImmutableArray<KeyCandidate> keys, int factor, int height)
    {
        var rows = new List<HintedRows>();
        foreach (var line in lines.Where(line => KeyHint.IsIn(line) && !keys.Any(key => key.Box.Overlaps(line.Box))).OrderBy(static line => line.Box.Top))
        {
            var size = (double)line.Box.Height / factor;
            var top = Math.Clamp((int)((line.Box.Top / factor) - (Above * size)), 0, height - 1);
            var bottom = Math.Clamp((int)((line.Box.Bottom / factor) + (Below * size)), top + 1, height);
            if (rows.Count > 0 && rows[^1].Top + rows[^1].Height > top)
            {
                bottom = Math.Max(bottom, rows[^1].Top + rows[^1].Height);
                rows[^1] = rows[^1] with { Height = bottom - rows[^1].Top };
            }
            else if (rows.Count < MaximumRows)
            {
                rows.Add(new HintedRows(top, bottom - top));
            }
        }

        return rows;
    }
}
