namespace AtomicPay.Scanner.Findings;

/// <summary>A run of bytes in a content.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    public long End => Offset + Length;

    /// <summary>The same bytes in ranges that are sorted and do not touch.</summary>
    public static IEnumerable<ByteRange> Joined(IEnumerable<ByteRange> ranges)
    {
        ByteRange? last = null;
        foreach (var range in ranges.OrderBy(r => r.Offset).ThenBy(r => r.Length))
        {
            if (last is { } open && range.Offset <= open.End)
            {
                last = open with { Length = Math.Max(open.End, range.End) - open.Offset };
                continue;
            }

            if (last is { } done)
            {
                yield return done;
            }

            last = range;
        }

        if (last is { } end)
        {
            yield return end;
        }
    }
}
