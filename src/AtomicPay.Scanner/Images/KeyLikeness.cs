namespace AtomicPay.Scanner.Images;

/// <summary>Tells whether two readings are of one key that two frames, or the overlap of two parts of a frame, both show.</summary>
internal static class KeyLikeness
{
    public static bool AreOne(KeyReading one, KeyReading other)
    {
        if (one.Readings.Any(reading => reading.Text == other.Key) || other.Readings.Any(reading => reading.Text == one.Key))
        {
            return true;
        }

        // Different keys agree in one character of sixty; two readings of one key in most, from the left or, after a slip, from the right.
        var shorter = Math.Min(one.Key.Length, other.Key.Length);
        var prefix = Agreeing(one.Key, other.Key, 0, 0, "atpay_".Length);
        var fromLeft = Agreeing(one.Key, other.Key, 0, 0, shorter) - prefix;
        var fromRight = Agreeing(one.Key, other.Key, one.Key.Length - shorter, other.Key.Length - shorter, shorter);
        return Math.Max(fromLeft, fromRight) * 2 > shorter - prefix;
    }

    private static int Agreeing(string one, string other, int oneStart, int otherStart, int length)
    {
        var agreeing = 0;
        for (var i = 0; i < length; i++)
        {
            agreeing += one[oneStart + i] == other[otherStart + i] ? 1 : 0;
        }

        return agreeing;
    }
}
