namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>A cheap look that rules text out: recognition costs a hundred times as much.</summary>
internal static class TextTexture
{
    // The shortest key, atpay_ and 16 characters, at three pixels a character and six high.
    private const int MinimumWidth = 66;
    private const int MinimumHeight = 6;

    // Each of the key's 22 characters has at least one stroke; some edges blur away.
    private const int StrokeEdges = 24;
    private const int EdgeContrast = 10;
    private const int ConsecutiveRows = 4;

    /// <summary>Whether some rows, one below the other, have as many edges as a key has strokes.</summary>
    public static bool MayHoldKey(GrayPicture picture)
    {
        if (picture.Width < MinimumWidth || picture.Height < MinimumHeight)
        {
            return false;
        }

        var rows = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            rows = Edges(picture.Pixels.AsSpan(y * picture.Width, picture.Width)) >= StrokeEdges ? rows + 1 : 0;
            if (rows == ConsecutiveRows)
            {
                return true;
            }
        }

        return false;
    }

    // Turns from rising to falling and back that exceed the contrast; slow gradients and faint noise make none.
    private static int Edges(ReadOnlySpan<byte> row)
    {
        var edges = 0;
        var rising = true;
        int extreme = row[0];
        foreach (var pixel in row)
        {
            var beyond = rising ? pixel - extreme : extreme - pixel;
            if (beyond >= 0)
            {
                extreme = pixel;
            }
            else if (-beyond >= EdgeContrast)
            {
                edges++;
                rising = !rising;
                extreme = pixel;
            }
        }

        return edges;
    }
}
