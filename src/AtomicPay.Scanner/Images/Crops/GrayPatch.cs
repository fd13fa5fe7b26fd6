namespace AtomicPay.Scanner.Images.Crops;

/// <summary>A piece of a picture while it is turned and scaled: luminance without rounding, rows from the top.</summary>
internal sealed class GrayPatch(float[] pixels, int width, int height)
{
    // The sharpness of the cubic filter with which the recogniser's training data was scaled.
    private const float CubicSharpness = -0.75f;

    public float[] Pixels { get; } = pixels;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public ReadOnlySpan<float> Row(int y) => Pixels.AsSpan(y * Width, Width);

    /// <summary>The columns from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public GrayPatch Columns(int start, int end)
    {
        var pixels = new float[(end - start) * Height];
        for (var y = 0; y < Height; y++)
        {
            Row(y)[start..end].CopyTo(pixels.AsSpan(y * (end - start)));
        }

        return new GrayPatch(pixels, end - start, Height);
    }

    /// <summary>The mean change of luminance from one column to the next in every row.</summary>
    public float[] ChangePerRow()
    {
        var changes = new float[Height];
        for (var y = 0; y < Height; y++)
        {
            var row = Row(y);
            var sum = 0f;
            for (var x = 1; x < row.Length; x++)
            {
                sum += Math.Abs(row[x] - row[x - 1]);
            }

            changes[y] = sum / Math.Max(1, Width - 1);
        }

        return changes;
    }

    /// <summary>The patch with every column moved up in proportion to its distance from the middle, so that a line of that slope comes to lie level.</summary>
    public GrayPatch Levelled(double slope)
    {
        if (slope == 0)
        {
            return this;
        }

        var levelled = new float[Pixels.Length];
        Span<float> weights = stackalloc float[4];
        for (var x = 0; x < Width; x++)
        {
            var shift = slope * (x - (Width / 2.0));
            var whole = (int)Math.Floor(shift);
            CubicWeights((float)(shift - whole), weights);
            for (var y = 0; y < Height; y++)
            {
                var sum = 0f;
                for (var tap = 0; tap < 4; tap++)
                {
                    sum += weights[tap] * Pixels[(Math.Clamp(y + whole + tap - 1, 0, Height - 1) * Width) + x];
                }

                levelled[(y * Width) + x] = Math.Clamp(sum, 0, 255);
            }
        }

        return new GrayPatch(levelled, Width, Height);
    }

    /// <summary>The rows from <paramref name="top"/> to before <paramref name="bottom"/>, fractions allowed, scaled to a size in pixels.</summary>
    public GrayPatch Scaled(double top, double bottom, int width, int height)
    {
        var rows = Taps.For(top, bottom, Height, height);
        var columns = Taps.For(0, Width, Width, width);
        var scaled = new float[width * height];
        var row = new float[Width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(row);
            for (var tap = 0; tap < rows.Count(y); tap++)
            {
                Add(row, Row(rows.Index(y, tap)), rows.Weight(y, tap));
            }

            var target = scaled.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var sum = 0f;
                for (var tap = 0; tap < columns.Count(x); tap++)
                {
                    sum += columns.Weight(x, tap) * row[columns.Index(x, tap)];
                }

                target[x] = Math.Clamp(sum, 0, 255);
            }
        }

        return new GrayPatch(scaled, width, height);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> row, float weight)
    {
        var factor = new System.Numerics.Vector<float>(weight);
        var x = 0;
        for (; x + System.Numerics.Vector<float>.Count <= sum.Length; x += System.Numerics.Vector<float>.Count)
        {
            (new System.Numerics.Vector<float>(sum[x..]) + (factor * new System.Numerics.Vector<float>(row[x..]))).CopyTo(sum[x..]);
        }

        for (; x < sum.Length; x++)
        {
            sum[x] += weight * row[x];
        }
    }

    private static void CubicWeights(float fraction, Span<float> weights)
    {
        const float a = CubicSharpness;
        var t = fraction;
        weights[0] = ((((a * (t + 1)) - (5 * a)) * (t + 1) + (8 * a)) * (t + 1)) - (4 * a);
        weights[1] = ((((a + 2) * t) - (a + 3)) * t * t) + 1;
        weights[2] = ((((a + 2) * (1 - t)) - (a + 3)) * (1 - t) * (1 - t)) + 1;
        weights[3] = 1 - weights[0] - weights[1] - weights[2];
    }

    /// <summary>Which source pixels make a target pixel: their mean where the picture shrinks, a cubic curve through four where it grows.</summary>
    private sealed class Taps(int most, int count)
    {
        private readonly int[] _starts = new int[count];
        private readonly int[] _counts = new int[count];
        private readonly float[] _weights = new float[most * count];
        private int _last;

        public static Taps For(double from, double to, int length, int count)
        {
            var step = (to - from) / count;
            var taps = new Taps(step > 1 ? (int)Math.Ceiling(step) + 1 : 4, count) { _last = length - 1 };
            Span<float> weights = stackalloc float[4];
            for (var i = 0; i < count; i++)
            {
                if (step > 1)
                {
                    taps.SetMean(i, from + (i * step), from + ((i + 1) * step));
                    continue;
                }

                var centre = from + ((i + 0.5) * step) - 0.5;
                var whole = (int)Math.Floor(centre);
                CubicWeights((float)(centre - whole), weights);
                taps._starts[i] = whole - 1;
                taps._counts[i] = weights.Length;
                weights.CopyTo(taps._weights.AsSpan(i * weights.Length));
            }

            return taps;
        }

        public int Count(int i) => _counts[i];

        public int Index(int i, int tap) => Math.Clamp(_starts[i] + tap, 0, _last);

        public float Weight(int i, int tap) => _weights[(i * most) + tap];

        private void SetMean(int i, double from, double to)
        {
            var start = (int)Math.Floor(from);
            _starts[i] = start;
            _counts[i] = Math.Min(most, (int)Math.Ceiling(to) - start);
            for (var tap = 0; tap < _counts[i]; tap++)
            {
                var covered = Math.Min(to, start + tap + 1) - Math.Max(from, start + tap);
                _weights[(i * most) + tap] = (float)(covered / (to - from));
            }
        }
    }
}
