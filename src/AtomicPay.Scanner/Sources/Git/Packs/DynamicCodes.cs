using System.Runtime.CompilerServices;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The Huffman codes that a block brings along, themselves coded (RFC 1951, 3.2.7).</summary>
internal sealed unsafe class DynamicCodes(int literalTableBits, int distanceTableBits)
{
    private const int MostLiterals = 286;
    private const int MostDistances = 30;
    private const int LongestRepeat = 138;

    private readonly HuffmanTable _precode = new(HuffmanTable.PrecodeResults, 7);
    private readonly byte[] _lengths = new byte[MostLiterals + MostDistances + LongestRepeat];

    public HuffmanTable Literals { get; } = new(HuffmanTable.LiteralResults, literalTableBits);

    public HuffmanTable Distances { get; } = new(HuffmanTable.DistanceResults, distanceTableBits);

    private static ReadOnlySpan<byte> PrecodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>False when the lengths are not valid, or do not make a code that zlib would take.</summary>
    public bool TryRead(ref BitCursor cursor)
    {
        // 3 bits of block header and these 14 are out of one refill's 56.
        var literals = (int)cursor.Take(5) + 257;
        var distances = (int)cursor.Take(5) + 1;
        var precodes = (int)cursor.Take(4) + 4;
        if (literals > MostLiterals || distances > MostDistances)
        {
            return false;
        }

        var precodeLengths = stackalloc byte[19];
        new Span<byte>(precodeLengths, 19).Clear();
        for (var i = 0; i < precodes; i++)
        {
            if ((i & 15) == 0)
            {
                cursor.Refill();
            }

            precodeLengths[PrecodeOrder[i]] = (byte)cursor.Take(3);
        }

        if (!_precode.Build(precodeLengths, 19, mustBeComplete: true))
        {
            return false;
        }

        fixed (byte* lengths = _lengths)
        {
            return ReadLengths(ref cursor, lengths, literals + distances)
                && lengths[256] != 0
                && Literals.Build(lengths, literals, mustBeComplete: false)
                && Distances.Build(lengths + literals, distances, mustBeComplete: false);
        }
    }

    private bool ReadLengths(ref BitCursor cursor, byte* lengths, int total)
    {
        // A run may reach 137 past the total before it is refused: the array has room for that.
        var precode = _precode.Entries;
        var mask = _precode.Mask;
        var next = cursor.Next;
        var limit = cursor.SourceEnd + 8;
        var bits = cursor.Bits;
        var count = cursor.Count;
        var i = 0;
        while (i < total)
        {
            if ((count & 63) < 14)
            {
                if (next > limit)
                {
                    return false;
                }

                bits |= BitCursor.Load(next) << (int)count;
                next += 7 - ((count >> 3) & 7);
                count |= 56;
            }

            var entry = precode[(uint)bits & mask];
            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                return false;
            }

            bits >>= (int)entry;
            count -= entry & 0xff;
            var symbol = entry >> 16;
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            int repeat;
            byte value = 0;
            if (symbol == 16)
            {
                if (i == 0)
                {
                    return false;
                }

                value = lengths[i - 1];
                repeat = 3 + (int)(bits & 3);
                bits >>= 2;
                count -= 2;
            }
            else if (symbol == 17)
            {
                repeat = 3 + (int)(bits & 7);
                bits >>= 3;
                count -= 3;
            }
            else
            {
                repeat = 11 + (int)(bits & 127);
                bits >>= 7;
                count -= 7;
            }

            Unsafe.InitBlockUnaligned(lengths + i, value, (uint)repeat);
            i += repeat;
        }

        cursor.Next = next;
        cursor.Bits = bits;
        cursor.Count = count;
        return i == total && next <= limit;
    }
}
