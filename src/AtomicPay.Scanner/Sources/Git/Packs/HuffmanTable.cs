using System.Numerics;
using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// A canonical Huffman code as a table that is indexed by the next bits of the input, with subtables for longer codes.
/// </summary>
/// <remarks>
/// Built as libdeflate does it: symbols sorted by code length, codes counted upwards in bit-reversed form, the table
/// doubled by copying whenever the length grows. An entry has in bits 0-7 the number of bits to take (extra bits included),
/// in bits 8-11 the code's own length (or a subtable's width), in bits 16-30 the symbol's value (or the subtable's start),
/// and bit 31 set for a literal.
/// </remarks>
internal sealed unsafe class HuffmanTable
{
    public const uint Literal = 0x8000_0000;

    /// <summary>Not a value: a subtable, the end of the block, or (neither bit set) bits that are no code.</summary>
    public const uint Exceptional = 0x8000;
    public const uint Subtable = 0x4000;
    public const uint EndOfBlock = 0x2000;

    private const int LongestCode = 15;

    // zlib's program "enough" gives 2342 entries for 286 symbols in an 11-bit table and 402 for 30 in one of 8 bits.
    private const int Capacity = 2400;

    private readonly uint[] _results;
    private readonly int _widest;
    private readonly uint[] _entries;

    public HuffmanTable(uint[] results, int widest)
    {
        _results = results;
        _widest = widest;
        _entries = GC.AllocateArray<uint>(Capacity, pinned: true);
        Entries = (uint*)Marshal.UnsafeAddrOfPinnedArrayElement(_entries, 0);
    }

    public static uint[] LiteralResults { get; } = MakeLiteralResults();

    public static uint[] DistanceResults { get; } = MakeDistanceResults();

    public static uint[] PrecodeResults { get; } = [.. Enumerable.Range(0, 19).Select(symbol => (uint)symbol << 16)];

    public uint* Entries { get; }

    /// <summary>The bits of the input that index the table.</summary>
    public uint Mask { get; private set; }

    /// <summary>The literals of RFC 1951, 3.2.6.</summary>
    public static HuffmanTable FixedLiterals(int widest)
    {
        var lengths = stackalloc byte[288];
        for (var i = 0; i < 288; i++)
        {
            lengths[i] = (byte)(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        }

        var table = new HuffmanTable(LiteralResults, widest);
        table.Build(lengths, 288, mustBeComplete: true);
        return table;
    }

    public static HuffmanTable FixedDistances(int widest)
    {
        var lengths = stackalloc byte[32];
        new Span<byte>(lengths, 32).Fill(5);
        var table = new HuffmanTable(DistanceResults, widest);
        table.Build(lengths, 32, mustBeComplete: true);
        return table;
    }

    /// <summary>
    /// Makes the table for these code lengths; false when they are no prefix code. As in zlib, a code may be incomplete
    /// only when it is empty or has a single code of one bit, and the precode not even then.
    /// </summary>
    public bool Build(byte* lengths, int symbols, bool mustBeComplete)
    {
        var counts = stackalloc int[LongestCode + 1];
        new Span<int>(counts, LongestCode + 1).Clear();
        for (var i = 0; i < symbols; i++)
        {
            counts[lengths[i]]++;
        }

        var longest = LongestCode;
        while (longest > 0 && counts[longest] == 0)
        {
            longest--;
        }

        // Symbols without a code are sorted as well, to the front, where nobody looks: cheaper than to test each.
        var unused = counts[0];
        var starts = stackalloc int[LongestCode + 2];
        starts[0] = 0;
        starts[1] = unused;
        var space = 0;
        for (var length = 1; length <= longest; length++)
        {
            starts[length + 1] = starts[length] + counts[length];
            space = (space << 1) + counts[length];
        }

        if (space != 1 << longest || longest == 0)
        {
            return !mustBeComplete && longest <= 1 && space <= 1 && BuildIncomplete(lengths, symbols, longest);
        }

        var sorted = stackalloc ushort[288];
        for (var i = 0; i < symbols; i++)
        {
            sorted[starts[lengths[i]]++] = (ushort)i;
        }

        Fill(counts, sorted + unused, longest);
        return true;
    }

    private bool BuildIncomplete(byte* lengths, int symbols, int longest)
    {
        Mask = 1;
        Entries[0] = Entries[1] = Exceptional;
        if (longest == 1)
        {
            Entries[0] = Entry(new ReadOnlySpan<byte>(lengths, symbols).IndexOf((byte)1), 1);
        }

        return true;
    }

    private uint Entry(int symbol, int length) => _results[symbol] + (uint)((length << 8) + length);

    private void Fill(int* counts, ushort* sorted, int longest)
    {
        var width = Math.Min(longest, _widest);
        Mask = (1u << width) - 1;
        var length = 1;
        while (counts[length] == 0)
        {
            length++;
        }

        var count = counts[length];
        var filled = 1u << length;
        var code = 0u;
        while (length <= width)
        {
            do
            {
                Entries[code] = Entry(*sorted++, length);
                if (code == filled - 1)
                {
                    // All ones: the last code of a complete set.
                    for (; length < width; length++)
                    {
                        Double(ref filled);
                    }

                    return;
                }

                code = Following(code, filled - 1);
            }
            while (--count != 0);

            do
            {
                if (++length <= width)
                {
                    Double(ref filled);
                }

                count = counts[length];
            }
            while (count == 0);
        }

        FillSubtables(counts, sorted, width, length, count, code);
    }

    private void FillSubtables(int* counts, ushort* sorted, int width, int length, int count, uint code)
    {
        var prefix = uint.MaxValue;
        var start = 0u;
        var end = 1u << width;
        while (true)
        {
            if ((code & Mask) != prefix)
            {
                prefix = code & Mask;
                start = end;
                var bits = length - width;
                var space = count;
                while (space < 1 << bits)
                {
                    bits++;
                    space = (space << 1) + counts[width + bits];
                }

                end = start + (1u << bits);
                Entries[prefix] = (start << 16) | Exceptional | Subtable | (uint)(bits << 8) | (uint)width;
            }

            var entry = Entry(*sorted++, length - width);
            var stride = 1u << (length - width);
            for (var i = start + (code >> width); i < end; i += stride)
            {
                Entries[i] = entry;
            }

            var ones = (1u << length) - 1;
            if (code == ones)
            {
                return;
            }

            code = Following(code, ones);
            count--;
            while (count == 0)
            {
                count = counts[++length];
            }
        }
    }

    private void Double(ref uint filled)
    {
        new ReadOnlySpan<uint>(Entries, (int)filled).CopyTo(new Span<uint>(Entries + filled, (int)filled));
        filled <<= 1;
    }

    /// <summary>Adds one to a code whose bits are in reverse: clears the ones from its top down and sets the first zero.</summary>
    private static uint Following(uint code, uint ones)
    {
        var bit = 1u << BitOperations.Log2(code ^ ones);
        return (code & (bit - 1)) | bit;
    }

    private static uint[] MakeLiteralResults()
    {
        var results = new uint[288];
        for (var i = 0; i < 256; i++)
        {
            results[i] = Literal | ((uint)i << 16);
        }

        results[256] = Exceptional | EndOfBlock;
        uint length = 3;
        for (var i = 257; i < 285; i++)
        {
            var extra = i < 265 ? 0 : (i - 261) / 4;
            results[i] = (length << 16) | (uint)extra;
            length += 1u << extra;
        }

        results[285] = 258u << 16;
        results[286] = results[287] = Exceptional;
        return results;
    }

    private static uint[] MakeDistanceResults()
    {
        var results = new uint[32];
        uint distance = 1;
        for (var i = 0; i < 30; i++)
        {
            var extra = i < 4 ? 0 : (i - 2) / 2;
            results[i] = (distance << 16) | (uint)extra;
            distance += 1u << extra;
        }

        results[30] = results[31] = Exceptional;
        return results;
    }
}
