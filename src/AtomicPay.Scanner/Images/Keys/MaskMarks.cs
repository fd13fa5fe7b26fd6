using AtomicPay.Scanner.Images.Decoding;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Sees in the picture itself that a key is masked or cut off: recognition reads bullets as letters and loses the dots of an ellipsis.</summary>
internal static class MaskMarks
{
    // In distances from one character to the next.
    private const double RepetitionLength = 6;
    private const double ShortestPeriod = 0.4;
    private const double LongestPeriod = 1.6;
    private const double EllipsisReach = 3.2;
    private const double EllipsisStart = 0.8;
    private const double EllipsisInk = 0.7;

    // In distances too: a box so high is that of a slanted line, below the middle of which whole words stand further on.
    private const double SlantedHeight = 2.7;

    // In shares of the text's height: dots stand on the line and are small.
    private const double DotHeight = 0.4;
    private const double DotTop = 0.45;

    // What is left, as a share of the usual difference, when a row of equal glyphs is laid on itself one glyph further.
    private const double RepetitionDifference = 0.3;

    private const int InkContrast = 40;
    private const int Dots = 3;

    public static bool AreOn(GrayPicture picture, KeyCandidate key)
    {
        foreach (var line in key.Lines)
        {
            if (RepeatsItself(picture, line, key.Advance))
            {
                return true;
            }
        }

        return EllipsisFollows(picture, key.Lines[^1], key.Advance);
    }

    private static bool RepeatsItself(GrayPicture picture, PixelBox line, double advance)
    {
        var length = (int)(RepetitionLength * advance);
        var longest = Math.Max(1, (int)(LongestPeriod * advance));
        for (var left = line.Left; left + length + longest <= line.Right; left += Math.Max(1, (int)(advance / 2)))
        {
            var most = (long)(RepetitionDifference * DifferenceFromMean(picture, line, left, length));
            for (var period = Math.Max(2, (int)(ShortestPeriod * advance)); period <= longest; period++)
            {
                if (DiffersByLess(picture, line, left, length, period, most))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // How much the pixels of a stretch differ from the mean of their row.
    private static long DifferenceFromMean(GrayPicture picture, PixelBox line, int left, int length)
    {
        long difference = 0;
        for (var y = line.Top; y < line.Bottom; y++)
        {
            var row = picture.Pixels.AsSpan((y * picture.Width) + left, length);
            var sum = 0;
            foreach (var pixel in row)
            {
                sum += pixel;
            }

            foreach (var pixel in row)
            {
                difference += Math.Abs(pixel - (sum / length));
            }
        }

        return difference;
    }

    // Whether a stretch differs by less from the one that begins so many pixels further; most differ by more after a few rows.
    private static bool DiffersByLess(GrayPicture picture, PixelBox line, int left, int length, int shift, long most)
    {
        long difference = 0;
        for (var y = line.Top; y < line.Bottom && difference < most; y++)
        {
            var row = picture.Pixels.AsSpan((y * picture.Width) + left, length + shift);
            var shifted = row[shift..];
            for (var x = 0; x < length; x++)
            {
                difference += Math.Abs(row[x] - shifted[x]);
            }
        }

        return difference < most;
    }

    private static bool EllipsisFollows(GrayPicture picture, PixelBox line, double advance)
    {
        if (line.Height > SlantedHeight * advance)
        {
            return false;
        }

        var start = Math.Min(picture.Width, line.Right + 1);
        var end = Math.Min(picture.Width, line.Right + (int)(EllipsisReach * advance));
        var ground = Ground(picture, line, start, end);
        var dots = 0;
        var inked = 0;
        var inDot = false;
        for (var x = start; x < end; x++)
        {
            var top = -1;
            var bottom = -1;
            for (var y = line.Top; y < line.Bottom; y++)
            {
                if (Math.Abs(picture.Pixels[(y * picture.Width) + x] - ground) > InkContrast)
                {
                    top = top < 0 ? y : top;
                    bottom = y;
                }
            }

            var isDot = top >= line.Top + (DotTop * line.Height) && bottom - top <= DotHeight * line.Height;
            if (!isDot)
            {
                // Boxes are not exact: the rest of the last character may come before the dots, but nothing may come between them.
                inDot = false;
                if (inked > 0 ? top >= 0 : x - start > EllipsisStart * advance)
                {
                    break;
                }

                continue;
            }

            dots += inDot ? 0 : 1;
            inDot = true;
            inked++;
        }

        return dots >= Dots || inked > EllipsisInk * advance;
    }

    // Most of what is around three dots is ground.
    private static int Ground(GrayPicture picture, PixelBox line, int start, int end)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        for (var y = line.Top; y < line.Bottom; y++)
        {
            for (var x = start; x < end; x++)
            {
                histogram[picture.Pixels[(y * picture.Width) + x]]++;
            }
        }

        var commonest = 0;
        for (var value = 1; value < histogram.Length; value++)
        {
            commonest = histogram[value] > histogram[commonest] ? value : commonest;
        }

        return commonest;
    }
}
