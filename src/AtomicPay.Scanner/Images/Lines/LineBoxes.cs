namespace AtomicPay.Scanner.Images.Lines;

/// <summary>Makes of pieces of lines the few boxes that are worth a look for a key.</summary>
internal static class LineBoxes
{
    // In heights. Pieces shorter than two characters are no neighbours; a line shorter than the nine is shorter than a key.
    private const double NarrowestNeighbour = 2;
    private const double NarrowestLine = 9;

    // An underscore is a gap: it has no stroke at the height of the letters.
    private const double WidestGap = 1.15;
    private const double DeepestOverlap = -0.3;
    private const double LeftOf = 0.5;
    private const double SameRow = 0.6;
    private const double SimilarHeight = 1.8;

    private const int MostJoined = 3;

    private const double Contained = 0.9;
    private const double HeightOfContainer = 1 / 0.65;
    private const double WidthOfContainer = 9;

    // The share of their common area that two boxes have in common.
    private const double NearlyOne = 0.7;

    /// <summary>The boxes that may hold the beginning of a key, the widest first.</summary>
    public static List<PixelBox> Of(List<PixelBox> pieces)
    {
        var words = pieces.FindAll(static piece => piece.Width >= NarrowestNeighbour * piece.Height).Distinct().ToList();
        words.Sort(static (one, other) => one.Top.CompareTo(other.Top));
        var boxes = new List<PixelBox>(words);
        foreach (var word in words)
        {
            // From the key's body over live_ or test_ to its prefix, and what stands before that.
            var box = word;
            for (var joined = 0; joined < MostJoined && LeftNeighbour(words, box) is { } neighbour; joined++)
            {
                box = neighbour.Union(box);
                boxes.Add(box);
            }
        }

        return WithoutContained(boxes.FindAll(static box => box.Width >= NarrowestLine * box.Height));
    }

    /// <summary>Whether a box holds another one, or is nearly the same.</summary>
    public static bool Shows(PixelBox container, PixelBox box) => Contains(container, box) || AreNearlyOne(container, box);

    private static PixelBox? LeftNeighbour(List<PixelBox> words, PixelBox word)
    {
        PixelBox? nearest = null;
        foreach (var other in Around(words, word))
        {
            var gap = word.Left - other.Right;
            if (gap > DeepestOverlap * word.Height
                && gap <= WidestGap * Math.Max(word.Height, other.Height)
                && other.Left < word.Left - (LeftOf * word.Height)
                && OverlapDown(word, other) >= SameRow * Math.Min(word.Height, other.Height)
                && Math.Max(word.Height, other.Height) < SimilarHeight * Math.Min(word.Height, other.Height)
                && (nearest is null || gap < word.Left - nearest.Value.Right))
            {
                nearest = other;
            }
        }

        return nearest;
    }

    // Pieces are sorted by their top edge, and none is higher than the highest text: only these can share a row with it.
    private static IEnumerable<PixelBox> Around(List<PixelBox> words, PixelBox word)
    {
        for (var i = FirstFrom(words, word.Top - LineFinder.GreatestHeight); i < words.Count && words[i].Top < word.Bottom; i++)
        {
            yield return words[i];
        }
    }

    private static int FirstFrom(List<PixelBox> words, int top)
    {
        var (low, high) = (0, words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = words[middle].Top < top ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<PixelBox> WithoutContained(List<PixelBox> boxes)
    {
        boxes.Sort(static (one, other) => (other.Width, one.Top, one.Left, one.Bottom).CompareTo((one.Width, other.Top, other.Left, other.Bottom)));
        var kept = new List<PixelBox>();
        foreach (var box in boxes)
        {
            if (!kept.Exists(container => Shows(container, box)))
            {
                kept.Add(box);
            }
        }

        return kept;
    }

    private static bool Contains(PixelBox container, PixelBox box) =>
        OverlapDown(container, box) >= Contained * box.Height
        && Math.Min(container.Right, box.Right) - Math.Max(container.Left, box.Left) >= Contained * box.Width
        && container.Height <= HeightOfContainer * box.Height
        && container.Width <= WidthOfContainer * box.Width;

    // The same line, closed with another gap: what is cut out of the picture finds its own rows.
    private static bool AreNearlyOne(PixelBox one, PixelBox other)
    {
        var shared = (double)OverlapDown(one, other) * (Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left));
        return OverlapDown(one, other) > 0 && shared >= NearlyOne * (((double)one.Width * one.Height) + ((double)other.Width * other.Height) - shared);
    }

    private static int OverlapDown(PixelBox one, PixelBox other) => Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
}
