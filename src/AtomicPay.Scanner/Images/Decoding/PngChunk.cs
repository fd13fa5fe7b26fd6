using System.Buffers.Binary;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>A chunk of a PNG file (PNG 5.3).</summary>
/// <param name="type">Its four letters.</param>
/// <param name="data">What it holds.</param>
internal readonly ref struct PngChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
{
    /// <summary>Bytes that every file begins with.</summary>
    public const int SignatureLength = 8;

    private const int TypeAndLength = 8;
    private const int Checksum = 4;
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(static value => Remainder((uint)value))];

    public ReadOnlySpan<byte> Type { get; } = type;

    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Takes the next chunk off the bytes; false at their end, or in the middle of a chunk.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out PngChunk chunk)
    {
        chunk = default;
        if (rest.Length < TypeAndLength + Checksum || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - TypeAndLength - Checksum)
        {
            return false;
        }

        chunk = new PngChunk(rest.Slice(sizeof(uint), sizeof(uint)), rest.Slice(TypeAndLength, (int)length));
        rest = rest[(TypeAndLength + (int)length + Checksum)..];
        return true;
    }

    /// <summary>Adds the chunk to a file, with its length and checksum.</summary>
    public void WriteTo(List<byte> file)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(word, (uint)Data.Length);
        file.AddRange(word);
        file.AddRange(Type);
        file.AddRange(Data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Checked(Data, Checked(Type, uint.MaxValue)));
        file.AddRange(word);
    }

    private static uint Checked(ReadOnlySpan<byte> bytes, uint checksum)
    {
        foreach (var value in bytes)
        {
            checksum = Remainders[(checksum ^ value) & 0xFF] ^ (checksum >> 8);
        }

        return checksum;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value >> 1) ^ ((value & 1) * Polynomial);
        }

        return value;
    }
}
