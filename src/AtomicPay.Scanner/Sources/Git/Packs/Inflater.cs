using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Inflates a zlib stream (RFC 1950, RFC 1951) that lies in memory as a whole into a target of known size.
/// </summary>
/// <remarks>
/// Written after the decoder of libdeflate (Eric Biggers, MIT): a 64-bit bit buffer refilled without a branch, one table
/// lookup per symbol, wide copies. A stream object such as ZLibStream costs more to set up than a small git object costs
/// to decode, and a repository is millions of small objects.
/// <para>
/// Why the pointers stay in bounds: the caller promises <see cref="SourceSlack"/> readable bytes behind the source and
/// <see cref="TargetSlack"/> writable bytes behind the target. Each turn of a loop begins with a check that the input is at
/// most 8 bytes behind the source's end and the output not behind the target's end, and one turn reads less than 24 bytes
/// of input (two refills of 8 bytes, 7 apart at most) and writes at most 3 literals or 2 literals, one match (258) and its
/// rounding (31).
/// </para>
/// <para>Not for use by several threads at once.</para>
/// </remarks>
internal sealed unsafe class Inflater
{
    /// <summary>Bytes behind the source that must be readable; their values do not matter.</summary>
    public const int SourceSlack = 32;

    /// <summary>Bytes behind the target that must be writable; they are overwritten with anything.</summary>
    public const int TargetSlack = 320;

    /// <summary>Deflate cannot make more than this many bytes of one: 258 bytes out of two bits, with room for rounding.</summary>
    public const int HighestRatio = 1040;

    private const int LiteralTableBits = 11;
    private const int DistanceTableBits = 8;

    private readonly DynamicCodes _dynamic = new(LiteralTableBits, DistanceTableBits);
    private readonly HuffmanTable _fixedLiterals = HuffmanTable.FixedLiterals(LiteralTableBits);
    private readonly HuffmanTable _fixedDistances = HuffmanTable.FixedDistances(DistanceTableBits);

    /// <summary>Bytes of the target that the last call filled.</summary>
    public int Produced { get; private set; }

    /// <summary>Bytes of the source that the last call used, when it came to the stream's end.</summary>
    public long Consumed { get; private set; }

    /// <summary>Inflates from array to array; both must have their slack beside their length.</summary>
    public InflateStatus Inflate(byte[] source, int sourceLength, byte[] target, int targetLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sourceLength, source.Length - SourceSlack);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targetLength, target.Length - TargetSlack);
        fixed (byte* from = source, to = target)
        {
            return Inflate(from, sourceLength, to, targetLength);
        }
    }

    /// <summary>As above; the caller answers for the slack.</summary>
    public InflateStatus Inflate(byte* source, long sourceLength, byte* target, int targetLength)
    {
        Debug.Assert(sourceLength >= 0 && targetLength >= 0);
        Produced = 0;
        Consumed = 0;
        if (sourceLength < 6 || !IsZlibHeader(source[0], source[1]))
        {
            return InflateStatus.Corrupt;
        }

        var cursor = new BitCursor
        {
            Next = source + 2,
            SourceEnd = source + sourceLength,
            Out = target,
            Target = target,
            TargetEnd = target + targetLength,
        };

        bool last;
        do
        {
            if (cursor.Next > cursor.SourceEnd + 8)
            {
                return InflateStatus.Corrupt;
            }

            cursor.Refill();
            var header = cursor.Take(3);
            last = (header & 1) != 0;
            var status = (header >> 1) switch
            {
                0 => CopyStored(ref cursor),
                1 => DecodeBlock(ref cursor, _fixedLiterals, _fixedDistances),
                2 => _dynamic.TryRead(ref cursor) ? DecodeBlock(ref cursor, _dynamic.Literals, _dynamic.Distances) : InflateStatus.Corrupt,
                _ => InflateStatus.Corrupt,
            };
            if (status != InflateStatus.Done)
            {
                // Bits from behind the source's end may have been taken for symbols.
                Produced = (int)(Math.Min((nint)cursor.Out, (nint)cursor.TargetEnd) - (nint)target);
                cursor.DropToByte();
                return cursor.Next > cursor.SourceEnd ? InflateStatus.Corrupt : status;
            }
        }
        while (!last);

        Produced = (int)(cursor.Out - target);
        cursor.DropToByte();
        if (cursor.SourceEnd - cursor.Next < 4)
        {
            return InflateStatus.Corrupt;
        }

        var expected = ((uint)cursor.Next[0] << 24) | ((uint)cursor.Next[1] << 16) | ((uint)cursor.Next[2] << 8) | cursor.Next[3];
        if (expected != Adler32.Of(new ReadOnlySpan<byte>(target, Produced)))
        {
            return InflateStatus.Corrupt;
        }

        Consumed = cursor.Next + 4 - source;
        return Produced == targetLength ? InflateStatus.Done : InflateStatus.EndedEarly;
    }

    private static bool IsZlibHeader(int method, int flags) =>
        (method & 15) == 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 == 0 && (flags & 0x20) == 0;

    private static InflateStatus CopyStored(ref BitCursor cursor)
    {
        cursor.DropToByte();
        if (cursor.SourceEnd - cursor.Next < 4)
        {
            return InflateStatus.Corrupt;
        }

        var length = cursor.Next[0] | (cursor.Next[1] << 8);
        var complement = cursor.Next[2] | (cursor.Next[3] << 8);
        cursor.Next += 4;
        if (length != (~complement & 0xffff) || length > cursor.SourceEnd - cursor.Next)
        {
            return InflateStatus.Corrupt;
        }

        var fits = (int)Math.Min(length, cursor.TargetEnd - cursor.Out);
        new ReadOnlySpan<byte>(cursor.Next, fits).CopyTo(new Span<byte>(cursor.Out, fits));
        cursor.Out += fits;
        cursor.Next += length;
        return fits == length ? InflateStatus.Done : InflateStatus.OutputFull;
    }

    private static InflateStatus DecodeBlock(ref BitCursor cursor, HuffmanTable literalTable, HuffmanTable distanceTable)
    {
        // In locals, so that they live in registers. Only the low 6 bits of count mean anything inside the loop: whole
        // entries are subtracted from it, as shifts too look at 6 bits only.
        var literals = literalTable.Entries;
        var literalMask = literalTable.Mask;
        var distances = distanceTable.Entries;
        var distanceMask = distanceTable.Mask;
        var next = cursor.Next;
        var limit = cursor.SourceEnd + 8;
        var bits = cursor.Bits;
        var count = cursor.Count;
        var output = cursor.Out;
        var target = cursor.Target;
        var targetEnd = cursor.TargetEnd;
        var status = InflateStatus.Corrupt;

        if (next > limit)
        {
            return InflateStatus.Corrupt;
        }

        bits |= BitCursor.Load(next) << (int)count;
        next += 7 - ((count >> 3) & 7);
        count |= 56;
        var entry = literals[(uint)bits & literalMask];
        while (true)
        {
            if (next > limit)
            {
                break;
            }

            if (output > targetEnd)
            {
                status = InflateStatus.OutputFull;
                break;
            }

            // Three literals of 11 bits are 33 of the 56.
            if ((int)entry < 0)
            {
                bits >>= (int)entry;
                count -= entry;
                *output++ = (byte)(entry >> 16);
                entry = literals[(uint)bits & literalMask];
                if ((int)entry < 0)
                {
                    bits >>= (int)entry;
                    count -= entry;
                    *output++ = (byte)(entry >> 16);
                    entry = literals[(uint)bits & literalMask];
                    if ((int)entry < 0)
                    {
                        bits >>= (int)entry;
                        count -= entry;
                        *output++ = (byte)(entry >> 16);
                        bits |= BitCursor.Load(next) << (int)count;
                        next += 7 - ((count >> 3) & 7);
                        count |= 56;
                        entry = literals[(uint)bits & literalMask];
                        continue;
                    }
                }
            }

            // 34 bits are left at least; a length takes 20 of them.
            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                if ((entry & HuffmanTable.Subtable) != 0)
                {
                    bits >>= (int)entry;
                    count -= entry;
                    entry = literals[(entry >> 16) + ((uint)bits & ((1u << (int)((entry >> 8) & 15)) - 1))];
                    if ((int)entry < 0)
                    {
                        bits >>= (int)entry;
                        count -= entry;
                        *output++ = (byte)(entry >> 16);
                        bits |= BitCursor.Load(next) << (int)count;
                        next += 7 - ((count >> 3) & 7);
                        count |= 56;
                        entry = literals[(uint)bits & literalMask];
                        continue;
                    }
                }

                if ((entry & HuffmanTable.EndOfBlock) != 0)
                {
                    bits >>= (int)entry;
                    count -= entry;
                    status = output > targetEnd ? InflateStatus.OutputFull : InflateStatus.Done;
                    break;
                }

                if ((entry & HuffmanTable.Exceptional) != 0)
                {
                    break;
                }
            }

            var length = (entry >> 16) + (uint)((bits & ((1UL << (int)entry) - 1)) >> (int)((entry >> 8) & 15));
            bits >>= (int)entry;
            count -= entry;

            // A distance takes 28 bits, which may not be left.
            bits |= BitCursor.Load(next) << (int)count;
            next += 7 - ((count >> 3) & 7);
            count |= 56;
            entry = distances[(uint)bits & distanceMask];
            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                if ((entry & HuffmanTable.Subtable) == 0)
                {
                    break;
                }

                bits >>= (int)entry;
                count -= entry;
                entry = distances[(entry >> 16) + ((uint)bits & ((1u << (int)((entry >> 8) & 15)) - 1))];
                if ((entry & HuffmanTable.Exceptional) != 0)
                {
                    break;
                }
            }

            var distance = (entry >> 16) + (uint)((bits & ((1UL << (int)entry) - 1)) >> (int)((entry >> 8) & 15));
            bits >>= (int)entry;
            count -= entry;
            if (distance > (ulong)(output - target))
            {
                break;
            }

            // The next symbol's table entry is on its way while the match is copied.
            bits |= BitCursor.Load(next) << (int)count;
            next += 7 - ((count >> 3) & 7);
            count |= 56;
            entry = literals[(uint)bits & literalMask];
            CopyMatch(output, distance, length);
            output += length;
        }

        cursor.Next = next;
        cursor.Bits = bits;
        cursor.Count = count;
        cursor.Out = output;
        return status;
    }

    /// <summary>Writes up to 31 bytes more than the match is long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyMatch(byte* output, uint distance, uint length)
    {
        var from = output - distance;
        var end = output + length;
        if (distance >= 16)
        {
            Vector128.Store(Vector128.Load(from), output);
            Vector128.Store(Vector128.Load(from + 16), output + 16);
            if (length > 32)
            {
                do
                {
                    from += 32;
                    output += 32;
                    Vector128.Store(Vector128.Load(from), output);
                    Vector128.Store(Vector128.Load(from + 16), output + 16);
                }
                while (output + 32 < end);
            }
        }
        else if (distance == 1)
        {
            var run = Vector128.Create(*from);
            do
            {
                Vector128.Store(run, output);
                output += 16;
            }
            while (output < end);
        }
        else if (distance >= 8)
        {
            do
            {
                Unsafe.WriteUnaligned(output, Unsafe.ReadUnaligned<ulong>(from));
                from += 8;
                output += 8;
            }
            while (output < end);
        }
        else
        {
            // A pattern shorter than a word: of each word written, the first `distance` bytes are right, the rest is
            // written again.
            do
            {
                Unsafe.WriteUnaligned(output, Unsafe.ReadUnaligned<ulong>(from));
                from += distance;
                output += distance;
            }
            while (output < end);
        }
    }
}
