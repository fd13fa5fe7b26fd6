namespace AtomicPay.Scanner.Images.Crops;

/// <summary>Measures how far a line of text is from level, as in photographs.</summary>
internal static class Slant
{
    // Degrees.
    private const double Steepest = 2.6;
    private const double Step = 0.2;
    private const double Faintest = 0.25;

    // How much sharper the rows of a levelled line have to be before it is taken for slanted.
    private const double Sharper = 1.12;

    // Pixels a column of the profile is made of.
    private const int ColumnWidth = 10;
    private const int FewestColumns = 8;
    private const int MostColumns = 48;

    /// <summary>The slope, in rows a column, of the line between two rows of the patch; 0 when it is level.</summary>
    public static double Of(GrayPatch patch, int top, int bottom)
    {
        var columns = Math.Clamp(patch.Width / ColumnWidth, FewestColumns, MostColumns);
        var profile = Profile(patch, top, bottom, columns);
        var level = Sharpness(profile, columns, bottom - top, patch.Width, 0);
        var (best, sharpest) = (0.0, level);
        for (var degrees = -Steepest; degrees < Steepest + (Step / 2); degrees += Step)
        {
            var slope = Math.Tan(degrees * Math.PI / 180);
            var sharpness = Sharpness(profile, columns, bottom - top, patch.Width, slope);
            if (sharpness > sharpest && Math.Abs(degrees) > Faintest)
            {
                (best, sharpest) = (slope, sharpness);
            }
        }

        return sharpest > Sharper * level ? best : 0;
    }

    // The mean change across of each row, in columns of equal width; a column's rows lie together.
    private static float[] Profile(GrayPatch patch, int top, int bottom, int columns)
    {
        var height = bottom - top;
        var profile = new float[columns * height];
        for (var y = 0; y < height; y++)
        {
            var row = patch.Row(top + y);
            for (var column = 0; column < columns; column++)
            {
                var (start, end) = (column * patch.Width / columns, (column + 1) * patch.Width / columns);
                var sum = 0f;
                for (var x = Math.Max(1, start); x < end; x++)
                {
                    sum += Math.Abs(row[x] - row[x - 1]);
                }

                profile[(column * height) + y] = sum / Math.Max(1, end - start);
            }
        }

        return profile;
    }

    // How strongly the rows differ from one to the next when the columns are moved by the slope.
    private static double Sharpness(float[] profile, int columns, int height, int width, double slope)
    {
        Span<float> rows = stackalloc float[height];
        rows.Clear();
        for (var column = 0; column < columns; column++)
        {
            var shift = slope * (((column + 0.5) * width / columns) - (width / 2.0));
            var whole = (int)Math.Floor(shift);
            var fraction = (float)(shift - whole);
            var part = profile.AsSpan(column * height, height);
            for (var y = Math.Max(0, -whole); y < height && y + whole < height; y++)
            {
                var next = y + whole + 1 < height ? part[y + whole + 1] : 0;
                rows[y] += (part[y + whole] * (1 - fraction)) + (next * fraction);
            }
        }

        double sharpness = 0;
        for (var y = 1; y < height; y++)
        {
            var step = rows[y] - rows[y - 1];
            sharpness += step * step;
        }

        return sharpness;
    }
}
