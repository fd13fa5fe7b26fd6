using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AtomicPay.Scanner.Images.Decoding;

namespace AtomicPay.Scanner.Images.Lines;

/// <summary>
/// Marks the pixels at which the strokes of letters begin and end: where the luminance changes from one column to the next by a share
/// of what it changes nearby, so that faint text counts beside strong text. Borders and rules, which are long and upright, are left out.
/// </summary>
internal static class StrokeMap
{
    private const byte Marked = 255;

    // Luminance. Compression and noise change it by less.
    private const byte SmallestChange = 12;

    // A quarter of the greatest change nearby: the blurred ends of strokes count, the noise around them does not.
    private const int ShareOfGreatest = 2;

    // Pixels around a pixel that are nearby: a few characters across, a line down.
    private const int NearbyAcross = 15;
    private const int NearbyDown = 7;

    // Pixels. No letter is that high.
    private const int LongStroke = 45;

    /// <summary>One byte for each pixel: 255 where a stroke begins or ends, and 0.</summary>
    public static byte[] Of(GrayPicture picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var changes = new byte[width * height];
        var greatest = ArrayPool<byte>.Shared.Rent(width * height);
        var row = new byte[width + (2 * NearbyAcross)];
        for (var y = 0; y < height; y++)
        {
            var change = changes.AsSpan(y * width, width);
            Difference(picture.Pixels.AsSpan(y * width, width), change);
            change.CopyTo(row.AsSpan(NearbyAcross));
            MaximumAcross(row, greatest.AsSpan(y * width, width));
        }

        MaximumDown(greatest, width, height);
        for (var y = 0; y < height; y++)
        {
            // The maximum stands at the first of the rows that it is taken over; above the first row there is nothing to add.
            Mark(changes.AsSpan(y * width, width), greatest.AsSpan(Math.Max(0, y - NearbyDown) * width, width));
        }

        RemoveLongStrokes(changes, greatest, width, height);
        ArrayPool<byte>.Shared.Return(greatest);
        return changes;
    }

    private static void Difference(ReadOnlySpan<byte> pixels, Span<byte> change)
    {
        change[0] = 0;
        var x = 1;
        for (; x + Vector128<byte>.Count <= pixels.Length; x += Vector128<byte>.Count)
        {
            var (left, here) = (At(pixels, x - 1), At(pixels, x));
            Store(Vector128.Max(left, here) - Vector128.Min(left, here), change, x);
        }

        for (; x < pixels.Length; x++)
        {
            change[x] = (byte)Math.Abs(pixels[x] - pixels[x - 1]);
        }
    }

    // Doubles the window until it holds 16 pixels, and lays two of these side by side, overlapping by one.
    private static void MaximumAcross(Span<byte> padded, Span<byte> maximum)
    {
        for (var step = 1; step < NearbyAcross; step *= 2)
        {
            Maximum(padded[..^step], padded[step..], padded);
        }

        Maximum(padded[..maximum.Length], padded.Slice(NearbyAcross, maximum.Length), maximum);
    }

    // The same from row to row; the last rows have fewer below them.
    private static void MaximumDown(byte[] maximum, int width, int height)
    {
        foreach (var step in (ReadOnlySpan<int>)[1, 2, 4, NearbyDown])
        {
            for (var y = 0; y + step < height; y++)
            {
                var here = maximum.AsSpan(y * width, width);
                Maximum(here, maximum.AsSpan((y + step) * width, width), here);
            }
        }
    }

    private static void Maximum(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> maximum)
    {
        var length = Math.Min(one.Length, other.Length);
        var x = 0;
        for (; x + Vector128<byte>.Count <= length; x += Vector128<byte>.Count)
        {
            Store(Vector128.Max(At(one, x), At(other, x)), maximum, x);
        }

        for (; x < length; x++)
        {
            maximum[x] = Math.Max(one[x], other[x]);
        }
    }

    private static void Mark(Span<byte> change, ReadOnlySpan<byte> greatest)
    {
        var smallest = Vector128.Create(SmallestChange);
        var x = 0;
        for (; x + Vector128<byte>.Count <= change.Length; x += Vector128<byte>.Count)
        {
            var threshold = Vector128.Max(smallest, Vector128.ShiftRightLogical(At(greatest, x), ShareOfGreatest));
            Store(Vector128.GreaterThan(At(change, x), threshold), change, x);
        }

        for (; x < change.Length; x++)
        {
            change[x] = change[x] > Math.Max(SmallestChange, greatest[x] >> ShareOfGreatest) ? Marked : (byte)0;
        }
    }

    // Counts marks down each column; where a count gets that far, its whole stroke goes.
    private static void RemoveLongStrokes(byte[] marks, byte[] counts, int width, int height)
    {
        if (height < LongStroke)
        {
            return;
        }

        var any = false;
        for (var y = 0; y < height; y++)
        {
            any |= Count(marks.AsSpan(y * width, width), counts.AsSpan(Math.Max(0, y - 1) * width, width), counts.AsSpan(y * width, width), y == 0);
        }

        if (!any)
        {
            return;
        }

        var left = new byte[width];
        for (var y = height - 1; y >= 0; y--)
        {
            Remove(marks.AsSpan(y * width, width), counts.AsSpan(y * width, width), left);
        }
    }

    private static bool Count(ReadOnlySpan<byte> marks, ReadOnlySpan<byte> above, Span<byte> counts, bool isFirst)
    {
        var longest = Vector128<byte>.Zero;
        var x = 0;
        for (; x + Vector128<byte>.Count <= marks.Length; x += Vector128<byte>.Count)
        {
            var before = isFirst ? Vector128<byte>.Zero : At(above, x);
            var count = Vector128.Min(before, Vector128.Create((byte)(LongStroke - 1))) + Vector128<byte>.One;
            count &= At(marks, x);
            longest = Vector128.Max(longest, count);
            Store(count, counts, x);
        }

        var any = Vector128.EqualsAny(longest, Vector128.Create((byte)LongStroke));
        for (; x < marks.Length; x++)
        {
            counts[x] = marks[x] == 0 ? (byte)0 : (byte)(Math.Min(isFirst ? 0 : above[x], LongStroke - 1) + 1);
            any |= counts[x] == LongStroke;
        }

        return any;
    }

    // From the bottom up: a count that got that far takes so many rows with it.
    private static void Remove(Span<byte> marks, ReadOnlySpan<byte> counts, Span<byte> left)
    {
        var x = 0;
        var isLong = Vector128.Create((byte)LongStroke);
        for (; x + Vector128<byte>.Count <= marks.Length; x += Vector128<byte>.Count)
        {
            var rest = At(left, x);
            rest = Vector128.ConditionalSelect(Vector128.Equals(At(counts, x), isLong), isLong, Vector128.SubtractSaturate(rest, Vector128<byte>.One));
            Store(rest, left, x);
            Store(At(marks, x) & Vector128.Equals(rest, Vector128<byte>.Zero), marks, x);
        }

        for (; x < marks.Length; x++)
        {
            left[x] = counts[x] == LongStroke ? (byte)LongStroke : (byte)Math.Max(0, left[x] - 1);
            marks[x] = left[x] > 0 ? (byte)0 : marks[x];
        }
    }

    private static Vector128<byte> At(ReadOnlySpan<byte> bytes, int index) =>
        Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)index);

    private static void Store(Vector128<byte> vector, Span<byte> bytes, int index) =>
        vector.StoreUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)index);
}
