using System.Numerics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Byte arrays to use again, by powers of two, for one thread. Every array has room for <see cref="Inflater.TargetSlack"/>
/// bytes more than was asked for.
/// </summary>
internal sealed class BufferPool
{
    private const int SmallestBits = 10;
    private const int LargestPooledBits = 24;
    private const long MostPooled = 32L << 20;

    private readonly Stack<byte[]>[] _free = [.. Enumerable.Range(0, LargestPooledBits + 1).Select(_ => new Stack<byte[]>())];
    private long _pooled;

    public byte[] Rent(long size)
    {
        var needed = checked((int)(size + Inflater.TargetSlack));
        var bits = Math.Max(SmallestBits, 32 - BitOperations.LeadingZeroCount((uint)needed - 1));
        if (bits > LargestPooledBits)
        {
            return GC.AllocateUninitializedArray<byte>(needed);
        }

        if (_free[bits].TryPop(out var buffer))
        {
            _pooled -= buffer.Length;
            return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(1 << bits);
    }

    public void Return(byte[] buffer)
    {
        var bits = BitOperations.Log2((uint)buffer.Length);
        if (BitOperations.IsPow2(buffer.Length) && bits <= LargestPooledBits && _pooled + buffer.Length <= MostPooled)
        {
            _free[bits].Push(buffer);
            _pooled += buffer.Length;
        }
    }
}
