using System.Buffers.Binary;
using System.Numerics;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>A set of object ids that can be looked for at every byte of a tree: a bit map answers first, for nearly all of them.</summary>
internal sealed class ObjectIdFilter
{
    private const int BitsPerId = 32;
    private const uint Multiplier = 0x9E3779B1; // 2^32 divided by the golden ratio: Fibonacci hashing, Knuth, volume 3, 6.4

    private readonly HashSet<ObjectId> _ids;
    private readonly ulong[] _bits;
    private readonly int _shift;
    private readonly int _hashSize;

    public ObjectIdFilter(IEnumerable<ObjectId> ids, int hashSize)
    {
        _ids = [.. ids];
        _hashSize = hashSize;
        var logarithm = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, _ids.Count) * BitsPerId) + 1, 10, 24);
        _shift = 32 - logarithm;
        _bits = new ulong[(1 << logarithm) / 64];
        foreach (var id in _ids)
        {
            var slot = SlotOf(id.ToArray());
            _bits[slot >> 6] |= 1UL << (int)(slot & 63);
        }
    }

    public bool Contains(ReadOnlySpan<byte> id) => MayContain(id) && _ids.Contains(new ObjectId(id));

    /// <summary>Whether any of the ids stands anywhere in the bytes.</summary>
    public bool IsAnyIn(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= _hashSize; bytes = bytes[1..])
        {
            if (Contains(bytes[.._hashSize]))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayContain(ReadOnlySpan<byte> id)
    {
        var slot = SlotOf(id);
        return (_bits[slot >> 6] & (1UL << (int)(slot & 63))) != 0;
    }

    private uint SlotOf(ReadOnlySpan<byte> id) => (BinaryPrimitives.ReadUInt32LittleEndian(id) * Multiplier) >> _shift;
}
