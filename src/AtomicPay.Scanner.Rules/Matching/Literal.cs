using System.Buffers.Binary;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>A byte string to look for, ready to be compared eight bytes at once.</summary>
internal sealed class Literal
{
    private readonly byte[] _bytes;
    private readonly byte[] _care;
    private readonly ulong _head;
    private readonly ulong _headCare;

    public Literal(ReadOnlySpan<byte> bytes, bool ignoreCase)
    {
        _bytes = bytes.ToArray();
        _care = new byte[bytes.Length];
        IgnoreCase = ignoreCase;
        for (var i = 0; i < _bytes.Length; i++)
        {
            // The two cases of an ASCII letter differ in one bit, which is then not compared.
            _care[i] = ignoreCase && char.IsAsciiLetter((char)_bytes[i]) ? (byte)0xDF : (byte)0xFF;
            _bytes[i] &= _care[i];
        }

        Span<byte> eight = stackalloc byte[8];
        _bytes.AsSpan(0, Math.Min(8, _bytes.Length)).CopyTo(eight);
        _head = BinaryPrimitives.ReadUInt64LittleEndian(eight);
        eight.Clear();
        _care.AsSpan(0, Math.Min(8, _care.Length)).CopyTo(eight);
        _headCare = BinaryPrimitives.ReadUInt64LittleEndian(eight);
    }

    public int Length => _bytes.Length;

    public bool IgnoreCase { get; }

    /// <summary>The byte values that may stand at <paramref name="index"/>.</summary>
    public (byte First, byte Second) At(int index) =>
        _care[index] == 0xFF ? (_bytes[index], _bytes[index]) : (_bytes[index], (byte)(_bytes[index] | 0x20));

    /// <summary>Whether an ASCII text stands at an offset.</summary>
    public static bool IsAt(ReadOnlySpan<byte> content, int offset, ReadOnlySpan<char> text)
    {
        if (content.Length - offset < text.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (content[offset + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    public bool IsAt(ReadOnlySpan<byte> content, int offset)
    {
        if (offset < 0 || content.Length - offset < _bytes.Length)
        {
            return false;
        }

        var here = content[offset..];
        var compared = 0;
        if (here.Length >= 8)
        {
            if ((BinaryPrimitives.ReadUInt64LittleEndian(here) & _headCare) != _head)
            {
                return false;
            }

            compared = 8;
        }

        for (var i = compared; i < _bytes.Length; i++)
        {
            if ((here[i] & _care[i]) != _bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}
