namespace AtomicPay.Scanner.Images.Crops;

/// <summary>The recogniser's input: a line 32 pixels high, its ground 0 and its letters towards 1, whether they are dark or light.</summary>
internal sealed class LineCrop
{
    /// <summary>Pixels.</summary>
    public const int Height = 32;

    /// <summary>Pixels: what the longest key takes in the widest letters.</summary>
    public const int GreatestWidth = 4096;

    // Pixels: the recogniser takes widths in steps, and knows a line's end by the ground after it.
    private const int WidthStep = 4;
    private const int GroundAfter = 4;

    // Luminance: what differs less from the ground is no letter.
    private const float FaintestLetters = 8;
    private const double Extreme = 0.01;
    private const float Least = -1;
    private const float Greatest = 1.5f;

    public LineCrop(GrayPatch patch, int left, double scale)
    {
        Width = (patch.Width + GroundAfter + WidthStep - 1) / WidthStep * WidthStep;
        Pixels = new float[Height * Width];
        (Left, Scale) = (left, scale);
        var (ground, letters) = GroundAndLetters(patch.Pixels);
        var contrast = (letters < ground ? -1 : 1) * Math.Max(Math.Abs(letters - ground), FaintestLetters);
        for (var y = 0; y < Height; y++)
        {
            var row = patch.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                Pixels[(y * Width) + x] = Math.Clamp((row[x] - ground) / contrast, Least, Greatest);
            }
        }
    }

    /// <summary>Rows from the top.</summary>
    public float[] Pixels { get; }

    /// <summary>Pixels of the crop.</summary>
    public int Width { get; }

    /// <summary>The column of the picture with which the crop begins.</summary>
    public int Left { get; }

    /// <summary>Pixels of the crop for a pixel of the picture, across.</summary>
    public double Scale { get; }

    /// <summary>The column of the picture that a column of the crop shows.</summary>
    public double ColumnInPicture(double column) => Left + (column / Scale);

    // Most of a line is ground; of the two ends of the scale the one further from it is the letters'.
    private static (float Ground, float Letters) GroundAndLetters(float[] pixels)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var pixel in pixels)
        {
            histogram[(int)(pixel + 0.5f)]++;
        }

        var ground = Quantile(histogram, pixels.Length, 0.5);
        var darkest = Quantile(histogram, pixels.Length, Extreme);
        var lightest = Quantile(histogram, pixels.Length, 1 - Extreme);
        return (ground, ground - darkest >= lightest - ground ? darkest : lightest);
    }

    private static int Quantile(ReadOnlySpan<int> histogram, int count, double share)
    {
        var wanted = (long)(share * (count - 1));
        long seen = 0;
        for (var value = 0; value < histogram.Length; value++)
        {
            seen += histogram[value];
            if (seen > wanted)
            {
                return value;
            }
        }

        return histogram.Length - 1;
    }
}
