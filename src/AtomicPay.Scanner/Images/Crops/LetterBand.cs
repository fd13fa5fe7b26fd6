namespace AtomicPay.Scanner.Images.Crops;

/// <summary>Finds the rows on which a level line's letters stand, without those of the lines above and below.</summary>
internal static class LetterBand
{
    // A row belongs to the letters from this share of what the busiest rows change.
    private const double LeastChange = 0.15;
    private const double Busiest = 0.95;
    private const double FaintestChange = 1;

    // Underscores hang below the letters: so many empty rows, as a share of the letters' height, and so high at most.
    private const int WidestGap = 3;
    private const double GapShare = 0.12;
    private const double UnderscoreShare = 0.35;

    /// <summary>The first row and the one after the last, of the patch; searched from the middle of the given rows outwards.</summary>
    public static (int Top, int Bottom) Of(GrayPatch patch, int from, int to)
    {
        var changes = patch.ChangePerRow().AsSpan(from, to - from);
        Span<float> sorted = stackalloc float[changes.Length];
        changes.CopyTo(sorted);
        sorted.Sort();
        var least = Math.Max(FaintestChange, LeastChange * sorted[(int)(Busiest * (sorted.Length - 1))]);

        var middle = NearestBusy(changes, changes.Length / 2, least);
        if (middle < 0)
        {
            return (from, to);
        }

        var top = middle;
        while (top > 0 && changes[top - 1] > least)
        {
            top--;
        }

        var bottom = LastBusy(changes, middle, least);
        for (var gap = 1; gap <= WidestGap && bottom + gap + 1 < changes.Length; gap++)
        {
            if (changes[bottom + gap] > least)
            {
                continue;
            }

            if (changes[bottom + gap + 1] > least)
            {
                var below = LastBusy(changes, bottom + gap + 1, least);
                if (gap <= Math.Max(1, GapShare * (bottom - top)) && below - bottom <= UnderscoreShare * (bottom - top))
                {
                    bottom = below;
                }

                break;
            }
        }

        return (from + top, from + bottom + 1);
    }

    private static int NearestBusy(ReadOnlySpan<float> changes, int middle, double least)
    {
        for (var distance = 0; distance < changes.Length; distance++)
        {
            if (middle - distance >= 0 && changes[middle - distance] > least)
            {
                return middle - distance;
            }

            if (middle + distance < changes.Length && changes[middle + distance] > least)
            {
                return middle + distance;
            }
        }

        return -1;
    }

    private static int LastBusy(ReadOnlySpan<float> changes, int row, double least)
    {
        while (row + 1 < changes.Length && changes[row + 1] > least)
        {
            row++;
        }

        return row;
    }
}
