namespace AtomicPay.Scanner.Images.Lines;

/// <summary>Runs that touch from row to row.</summary>
/// <param name="Box">Around all of them.</param>
/// <param name="Area">Their pixels.</param>
internal readonly record struct InkRegion(PixelBox Box, int Area)
{
    /// <summary>The regions of the given runs, from the one that begins first.</summary>
    public static List<InkRegion> Of(PixelRuns runs)
    {
        var regions = new List<InkRegion>();
        var parents = new List<int>();
        int[] above = [];
        int[] here = [];
        for (var y = 0; y < runs.Height; y++)
        {
            var row = runs.Row(y);
            (above, here) = (here, above.Length >= row.Length ? above : new int[row.Length * 2]);
            var rowAbove = y == 0 ? [] : runs.Row(y - 1);
            var next = 0;
            for (var i = 0; i < row.Length; i++)
            {
                var own = -1;
                while (next < rowAbove.Length && rowAbove[next].End <= row[i].Start)
                {
                    next++;
                }

                for (var j = next; j < rowAbove.Length && rowAbove[j].Start < row[i].End; j++)
                {
                    own = own < 0 ? Root(parents, above[j]) : Unite(parents, regions, own, Root(parents, above[j]));
                }

                var region = new InkRegion(new PixelBox(row[i].Start, y, row[i].End, y + 1), row[i].End - row[i].Start);
                if (own < 0)
                {
                    own = regions.Count;
                    regions.Add(region);
                    parents.Add(own);
                }
                else
                {
                    regions[own] = regions[own].With(region);
                }

                here[i] = own;
            }
        }

        return [.. regions.Where((_, i) => parents[i] == i)];
    }

    private InkRegion With(InkRegion other) => new(Box.Union(other.Box), Area + other.Area);

    private static int Root(List<int> parents, int region)
    {
        while (parents[region] != region)
        {
            region = parents[region] = parents[parents[region]];
        }

        return region;
    }

    private static int Unite(List<int> parents, List<InkRegion> regions, int one, int other)
    {
        if (one == other)
        {
            return one;
        }

        parents[other] = one;
        regions[one] = regions[one].With(regions[other]);
        return one;
    }
}
