namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Finds the line into which a key was wrapped.</summary>
internal static class WrappedLine
{
    // In heights of the key's line: where the middle of the next one is, how high it is, and which gap ends a line.
    private const double Nearest = 0.6;
    private const double Furthest = 2;
    private const double Lowest = 0.25;
    private const double Highest = 1.5;
    private const double WidestGap = 2;
    private const double SameRow = 0.5;

    // In heights: as far as lines are of the same block; in characters: how ragged the edge of wrapped text is.
    private const double Block = 12;
    private const double Ragged = 2.5;

    // In widths of characters: how high a line is at most.
    private const double Tallest = 2.3;

    // In characters: an underscore, of which pieces show nothing, and the space on both sides of it.
    private const double WidestCharacter = 1.8;

    // Other columns beside the one with the key.
    private const int MostSegments = 3;

    /// <summary>The right edge of what follows the part so closely in its row that it may belong to the same word; its own where nothing does.</summary>
    public static int EndOfWord(PixelBox part, double advance, List<PixelBox> pieces)
    {
        var end = part.Right;
        foreach (var piece in pieces
            .Where(piece => Math.Abs(Middle(piece) - Middle(part)) <= SameRow * part.Height && piece.Height <= part.Height && piece.Right > part.Right)
            .OrderBy(static piece => piece.Left)
            .TakeWhile(piece => piece.Left <= end + (WidestCharacter * advance)))
        {
            end = Math.Max(end, piece.Right);
        }

        return end;
    }

    /// <summary>Whether the part runs to the right edge of its block, as it does if its line was full.</summary>
    public static bool RunsToEdge(PixelBox part, double advance, List<PixelBox> pieces)
    {
        var edge = pieces
            .Where(piece => Math.Abs(piece.Top - part.Top) < Block * part.Height && piece.Left < part.Right)
            .Max(static piece => (int?)piece.Right) ?? 0;
        return part.Right > edge - (Ragged * advance);
    }

    /// <summary>Where the line below may begin; that whose beginning is nearest to that of the key's own line first.</summary>
    public static IEnumerable<PixelBox> Below(PixelBox part, double advance, List<PixelBox> pieces)
    {
        part = Tight(part, advance);
        var own = Segments(pieces, part, 0, SameRow).Where(segment => segment.Left < part.Right && segment.Right > part.Left).Select(static segment => segment.Left).DefaultIfEmpty(part.Left).Min();
        var below = pieces.Where(piece => IsBelow(piece, part)).ToList();
        if (below.Count == 0)
        {
            return [];
        }

        var nearest = below.Min(Middle);
        return Segments([.. below.Where(piece => Middle(piece) - nearest < SameRow * part.Height)], part, Nearest, Furthest)
            .Where(segment => segment.Left < part.Left + (Ragged * advance))
            .OrderBy(segment => Math.Abs(segment.Left - own))
            .Take(MostSegments);
    }

    // Where a picture is bent, letters of the neighbouring lines are taken for those of the part.
    private static PixelBox Tight(PixelBox part, double advance)
    {
        var spare = Math.Max(0, (int)(part.Height - (Tallest * advance)) / 2);
        return part with { Top = part.Top + spare, Bottom = part.Bottom - spare };
    }

    private static bool IsBelow(PixelBox piece, PixelBox part) =>
        Middle(piece) - Middle(part) is var distance
        && distance >= Nearest * part.Height
        && distance <= Furthest * part.Height
        && piece.Height >= Lowest * part.Height
        && piece.Height <= Highest * part.Height;

    // The pieces of a row joined where the gap between them is no wider than that between words.
    private static List<PixelBox> Segments(List<PixelBox> pieces, PixelBox part, double from, double to)
    {
        var segments = new List<PixelBox>();
        foreach (var piece in pieces
            .Where(piece => Math.Abs(Middle(piece) - Middle(part)) >= from * part.Height && Math.Abs(Middle(piece) - Middle(part)) <= to * part.Height && piece.Height <= Highest * part.Height)
            .OrderBy(static piece => piece.Left))
        {
            if (segments.Count > 0 && piece.Left - segments[^1].Right <= WidestGap * part.Height)
            {
                segments[^1] = segments[^1].Union(piece);
            }
            else
            {
                segments.Add(piece);
            }
        }

        return segments;
    }

    private static double Middle(PixelBox box) => (box.Top + box.Bottom) / 2.0;
}
