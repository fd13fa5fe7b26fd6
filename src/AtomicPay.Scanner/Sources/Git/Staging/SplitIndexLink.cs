using System.Buffers.Binary;
using System.Collections;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>What a split index says of the shared one that it builds on: which entries are gone, and which it has anew.</summary>
/// <param name="Base">The checksum in the shared index's name; null when it builds on none.</param>
internal sealed record SplitIndexLink(ObjectId? Base, BitArray Deleted, BitArray Replaced)
{
    /// <exception cref="ArgumentException">It is damaged.</exception>
    public static SplitIndexLink Parse(ReadOnlySpan<byte> bytes, int hashSize)
    {
        var id = bytes[..hashSize];
        bytes = bytes[hashSize..];
        return new SplitIndexLink(
            id.IndexOfAnyExcept((byte)0) < 0 ? null : new ObjectId(id),
            bytes.IsEmpty ? new BitArray(0) : ReadBitmap(ref bytes),
            bytes.IsEmpty ? new BitArray(0) : ReadBitmap(ref bytes));
    }

    /// <summary>The whole index. Replacements come first in the split one, in the order of what they replace, and without a path.</summary>
    public IndexFile Join(IndexFile shared, IndexFile own)
    {
        var parts = new List<(IndexFile From, IndexEntry Entry, ReadOnlyMemory<byte> Path)>();
        var replacement = 0;
        for (var i = 0; i < shared.Entries.Length; i++)
        {
            if (Has(Replaced, i))
            {
                if (replacement == own.Entries.Length)
                {
                    throw new InvalidDataException("it is damaged");
                }

                parts.Add((own, own.Entries[replacement++], shared.PathMemoryOf(shared.Entries[i])));
            }
            else if (!Has(Deleted, i))
            {
                parts.Add((shared, shared.Entries[i], shared.PathMemoryOf(shared.Entries[i])));
            }
        }

        for (var i = replacement; i < own.Entries.Length; i++)
        {
            parts.Add((own, own.Entries[i], own.PathMemoryOf(own.Entries[i])));
        }

        parts.Sort((a, b) => a.Path.Span.SequenceCompareTo(b.Path.Span) is not 0 and var order ? order : a.Entry.Stage.CompareTo(b.Entry.Stage));
        return IndexFile.Of(own.HashSize, parts, own.Tree);
    }

    private static bool Has(BitArray bits, int i) => i < bits.Length && bits[i];

    /// <summary>EWAH, big-endian: run-length words, each saying how many words of equal bits and how many literal words follow.</summary>
    private static BitArray ReadBitmap(ref ReadOnlySpan<byte> bytes)
    {
        var bits = new BitArray(BinaryPrimitives.ReadInt32BigEndian(bytes));
        var words = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        var at = 8;
        var bit = 0L;
        for (var i = 0; i < words;)
        {
            var marker = Word(bytes, i++);
            var runEnd = bit + ((long)((marker >> 1) & uint.MaxValue) * 64);
            for (; (marker & 1) != 0 && bit < Math.Min(runEnd, bits.Length); bit++)
            {
                bits[(int)bit] = true;
            }

            bit = runEnd;
            for (var literals = (int)(marker >> 33); literals > 0; literals--)
            {
                var literal = Word(bytes, i++);
                for (var shift = 0; shift < 64; shift++, bit++)
                {
                    if ((literal >> shift & 1) != 0 && bit < bits.Length)
                    {
                        bits[(int)bit] = true;
                    }
                }
            }
        }

        // The position of the last run-length word follows; only a writer needs it.
        bytes = bytes[(at + (words * 8) + 4)..];
        return bits;

        ulong Word(ReadOnlySpan<byte> from, int i) => BinaryPrimitives.ReadUInt64BigEndian(from[(at + (i * 8))..]);
    }
}
