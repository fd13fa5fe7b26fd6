namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>A band of rows, in pixels, that an animation changed; screen recordings mostly repeat themselves.</summary>
internal readonly record struct ChangedRows(int Top, int Height)
{
    // Dithering and lossy compression change pixels by less.
    private const int Contrast = 40;

    // A blinking cursor or a mouse pointer changes fewer pixels than the 22 characters of the shortest key.
    private const int FewPixels = 400;

    // Above and below the change: enough for the whole of a line that changed, and for the next one a key is wrapped into.
    private const int Margin = 48;

    /// <summary>The bands that hold what is new since the frame that was read before; the whole frame when there was none.</summary>
    public static List<ChangedRows> Between(GrayPicture? previous, GrayPicture frame)
    {
        if (previous is null || previous.Width != frame.Width || previous.Height != frame.Height)
        {
            return [new ChangedRows(0, frame.Height)];
        }

        var bands = new List<ChangedRows>();
        var changed = 0;
        for (var y = 0; y < frame.Height; y++)
        {
            var inRow = CountChanged(previous.Pixels.AsSpan(y * frame.Width, frame.Width), frame.Pixels.AsSpan(y * frame.Width, frame.Width));
            changed += inRow;
            if (inRow == 0)
            {
                continue;
            }

            var top = Math.Max(0, y - Margin);
            var bottom = Math.Min(frame.Height, y + Margin);
            if (bands.Count > 0 && bands[^1].Top + bands[^1].Height >= top)
            {
                bands[^1] = bands[^1] with { Height = bottom - bands[^1].Top };
            }
            else
            {
                bands.Add(new ChangedRows(top, bottom - top));
            }
        }

        return changed < FewPixels ? [] : bands;
    }

    private static int CountChanged(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other))
        {
            return 0;
        }

        var changed = 0;
        for (var x = 0; x < one.Length; x++)
        {
            changed += Math.Abs(one[x] - other[x]) > Contrast ? 1 : 0;
        }

        return changed;
    }
}
