using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Where an inflation stands: in its input by bits, in its output by bytes.</summary>
internal unsafe struct BitCursor
{
    public byte* Next;
    public byte* SourceEnd;
    public byte* Out;
    public byte* Target;
    public byte* TargetEnd;
    public ulong Bits;
    public uint Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(byte* from)
    {
        var word = Unsafe.ReadUnaligned<ulong>(from);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>Leaves at least 56 bits to take.</summary>
    public void Refill()
    {
        Bits |= Load(Next) << (int)Count;
        Next += 7 - ((Count >> 3) & 7);
        Count = (Count & 63) | 56;
    }

    public uint Take(int width)
    {
        var value = (uint)Bits & ((1u << width) - 1);
        Bits >>= width;
        Count -= (uint)width;
        return value;
    }

    /// <summary>Gives the whole bytes that wait in the bit buffer back to the input and drops what is left of the current one.</summary>
    public void DropToByte()
    {
        Next -= (Count & 63) >> 3;
        Bits = 0;
        Count = 0;
    }
}
