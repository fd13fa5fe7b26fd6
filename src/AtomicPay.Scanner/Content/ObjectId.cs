using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Content;

/// <summary>A git object's name: the 20 bytes of a SHA-1 or the 32 of a SHA-256. Compares as bytes, prints as hex.</summary>
internal readonly record struct ObjectId : IComparable<ObjectId>
{
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly bool _isSha256;

    public ObjectId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (20 or 32))
        {
            throw new ArgumentException("An object id has 20 or 32 bytes.", nameof(bytes));
        }

        Span<ulong> words = stackalloc ulong[4];
        words.Clear();
        bytes.CopyTo(MemoryMarshal.AsBytes(words));
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
        _isSha256 = bytes.Length == 32;
    }

    public static ObjectId Parse(string hex) => new(Convert.FromHexString(hex));

    /// <summary>Reads an id from its hex digits; null when they are not one.</summary>
    public static ObjectId? TryParse(ReadOnlySpan<byte> hex)
    {
        Span<byte> bytes = stackalloc byte[32];
        return hex.Length is 40 or 64 && Convert.FromHexString(hex, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            ? new ObjectId(bytes[..written])
            : null;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[32];
        MemoryMarshal.Cast<ulong, byte>([_a, _b, _c, _d]).CopyTo(bytes);
        return _isSha256 ? bytes : bytes[..20];
    }

    public int CompareTo(ObjectId other) => ToArray().AsSpan().SequenceCompareTo(other.ToArray());

    public override int GetHashCode() => _a.GetHashCode();

    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
