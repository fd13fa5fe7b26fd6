using System.Numerics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Puts an index's entries, which stand in the order of their names, into the order in which the pack holds them.</summary>
internal static class OffsetOrder
{
    private const int DigitBits = 11;

    /// <summary>
    /// Sorts both by offset; equal offsets keep their order. An LSD radix sort (Knuth, vol. 3, 5.2.5) of offset and
    /// position packed in one word: a comparison sort takes longer than reading all headers of a pack.
    /// </summary>
    public static void Sort(long[] offsets, int[] positions, int count)
    {
        var positionBits = 32 - BitOperations.LeadingZeroCount((uint)count);
        long highest = 0;
        for (var i = 0; i < count; i++)
        {
            highest |= offsets[i];
        }

        var offsetBits = 64 - BitOperations.LeadingZeroCount((ulong)highest);
        if (count < 256 || positionBits + offsetBits > 64)
        {
            Array.Sort(offsets, positions, 0, count);
            return;
        }

        var from = GC.AllocateUninitializedArray<ulong>(count);
        var to = GC.AllocateUninitializedArray<ulong>(count);
        for (var i = 0; i < count; i++)
        {
            from[i] = ((ulong)offsets[i] << positionBits) | (uint)i;
        }

        for (var shift = positionBits; shift < positionBits + offsetBits; shift += DigitBits)
        {
            Distribute(from, to, shift);
            (from, to) = (to, from);
        }

        // The words hold indexes into positions, not the positions: what is there may have gaps.
        var old = (int[])positions.Clone();
        var mask = (1UL << positionBits) - 1;
        for (var i = 0; i < count; i++)
        {
            offsets[i] = (long)(from[i] >> positionBits);
            positions[i] = old[(int)(from[i] & mask)];
        }
    }

    private static void Distribute(ulong[] from, ulong[] to, int shift)
    {
        Span<int> starts = stackalloc int[1 << DigitBits];
        starts.Clear();
        foreach (var word in from)
        {
            starts[(int)(word >> shift) & ((1 << DigitBits) - 1)]++;
        }

        var sum = 0;
        foreach (ref var start in starts)
        {
            (start, sum) = (sum, sum + start);
        }

        foreach (var word in from)
        {
            to[starts[(int)(word >> shift) & ((1 << DigitBits) - 1)]++] = word;
        }
    }
}
