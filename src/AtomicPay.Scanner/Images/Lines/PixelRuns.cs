using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Images.Lines;

/// <summary>The marked pixels of a picture as runs from left to right, row by row.</summary>
internal sealed class PixelRuns
{
    private readonly List<Run> _runs = [];
    private readonly int[] _rowStarts;

    private PixelRuns(int height) => _rowStarts = new int[height + 1];

    public int Height => _rowStarts.Length - 1;

    public ReadOnlySpan<Run> Row(int y) => CollectionsMarshal.AsSpan(_runs)[_rowStarts[y].._rowStarts[y + 1]];

    /// <summary>The runs of bytes that are 255.</summary>
    public static PixelRuns Of(byte[] marks, int width, int height)
    {
        var runs = new PixelRuns(height);
        for (var y = 0; y < height; y++)
        {
            runs.AddRow(marks.AsSpan(y * width, width));
            runs._rowStarts[y + 1] = runs._runs.Count;
        }

        return runs;
    }

    /// <summary>These runs with the gaps narrower than <paramref name="size"/> pixels closed, and those without what is then still narrower.</summary>
    public PixelRuns ClosedAndOpened(int size)
    {
        var result = new PixelRuns(Height);
        for (var y = 0; y < Height; y++)
        {
            var row = Row(y);
            for (var i = 0; i < row.Length;)
            {
                var (start, end) = row[i];
                for (i++; i < row.Length && row[i].Start - end < size; i++)
                {
                    end = row[i].End;
                }

                if (end - start >= size)
                {
                    result._runs.Add(new Run(start, end));
                }
            }

            result._rowStarts[y + 1] = result._runs.Count;
        }

        return result;
    }

    private void AddRow(ReadOnlySpan<byte> marks)
    {
        var start = -1;
        for (var x = 0; x < marks.Length; x += Vector128<byte>.Count)
        {
            var bits = Bits(marks, x);
            var at = 0;
            while (true)
            {
                // Looks for the next set bit outside a run, and for the next clear one inside.
                var rest = (start < 0 ? bits : ~bits & 0xFFFF) >> at;
                if (rest == 0)
                {
                    break;
                }

                at += BitOperations.TrailingZeroCount(rest);
                if (start < 0)
                {
                    start = x + at;
                }
                else
                {
                    _runs.Add(new Run(start, x + at));
                    start = -1;
                }
            }
        }

        if (start >= 0)
        {
            _runs.Add(new Run(start, marks.Length));
        }
    }

    // Beyond the row's end nothing is marked.
    private static uint Bits(ReadOnlySpan<byte> marks, int x)
    {
        if (x + Vector128<byte>.Count <= marks.Length)
        {
            return Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(marks), (nuint)x).ExtractMostSignificantBits();
        }

        uint bits = 0;
        for (var i = x; i < marks.Length; i++)
        {
            bits |= (uint)(marks[i] >> 7) << (i - x);
        }

        return bits;
    }

    /// <summary>Pixels of one row from the first one to before <paramref name="End"/>.</summary>
    public readonly record struct Run(int Start, int End);
}
