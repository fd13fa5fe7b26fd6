using System.Buffers.Binary;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Remembers which groups of four bytes occur, so that almost all others are told apart with one look; case does not count.</summary>
/// <param name="bits">How many bits of a hash count.</param>
internal sealed class Grams(int bits)
{
    public const int Size = 4;

    private readonly ulong[] _seen = new ulong[(1 << bits) / 64];

    /// <summary>The four bytes that stand here.</summary>
    public static uint At(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes) | 0x20202020;

    public void Add(uint gram)
    {
        var hash = Hash(gram);
        _seen[hash >> 6] |= 1UL << (int)(hash & 63);
    }

    /// <summary>False when the four bytes were not added; true when they were, and now and then when they were not.</summary>
    public bool MayHold(uint gram)
    {
        var hash = Hash(gram);
        return (_seen[hash >> 6] & (1UL << (int)(hash & 63))) != 0;
    }

    private uint Hash(uint gram) => (gram * 0x9E3779B1) >> (32 - bits);
}
