using System.Numerics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Byte arrays to use again, in four sizes for each power of two, for one thread. Every array has room for
/// <see cref="Inflater.TargetSlack"/> bytes more than was asked for.
/// </summary>
/// <param name="mostPooled">Bytes of arrays that are kept while nobody uses them.</param>
internal sealed class BufferPool(long mostPooled = 64L << 20)
{
    private const int Smallest = 512;
    private const int LargestPooledBits = 24;

    private readonly Stack<byte[]>?[] _free = new Stack<byte[]>?[4 * (LargestPooledBits + 1)];
    private long _pooled;

    public byte[] Rent(long size)
    {
        var needed = Math.Max(Smallest, checked((int)(size + Inflater.TargetSlack)));
        if (needed > 1 << LargestPooledBits)
        {
            return GC.AllocateUninitializedArray<byte>(needed);
        }

        var length = RoundUp(needed);
        if (_free[SlotOf(length)] is { } free && free.TryPop(out var buffer))
        {
            _pooled -= buffer.Length;
            return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(length);
    }

    public void Return(byte[] buffer)
    {
        if (buffer.Length is >= Smallest and <= 1 << LargestPooledBits && RoundUp(buffer.Length) == buffer.Length && _pooled + buffer.Length <= mostPooled)
        {
            (_free[SlotOf(buffer.Length)] ??= new()).Push(buffer);
            _pooled += buffer.Length;
        }
    }

    /// <summary>To three significant bits, of which the first is set.</summary>
    private static int RoundUp(int length)
    {
        var step = 1 << (BitOperations.Log2((uint)length) - 2);
        return (length + step - 1) & -step;
    }

    private static int SlotOf(int length)
    {
        var bits = BitOperations.Log2((uint)length);
        return (4 * bits) + ((length >> (bits - 2)) & 3);
    }
}
