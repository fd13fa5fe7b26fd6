using System.Buffers;
using System.Buffers.Binary;

namespace AtomicPay.Scanner.Containers.Compound;

/// <summary>The source text of a macro module, compressed behind what it was compiled to ([MS-OVBA] 2.4.1).</summary>
internal static class VbaSource
{
    private const int ChunkLength = 4096;

    /// <summary>The source of the module in a stream; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> stream)
    {
        // Every source begins with attributes, the first eight letters of which are never compressed.
        var sign = stream.IndexOf("\0Attribut"u8);
        if (sign < 3 || stream[sign - 3] != 1)
        {
            return [];
        }

        var source = new ArrayBufferWriter<byte>();
        var rest = stream[(sign - 2)..];
        while (rest.Length > 2)
        {
            var header = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var length = Math.Min((header & 0xFFF) + 3, rest.Length);
            if ((header & 0x7000) != 0x3000)
            {
                break;
            }

            if ((header & 0x8000) != 0)
            {
                Expand(rest[2..length], source);
            }
            else
            {
                source.Write(rest[2..length]);
            }

            rest = rest[length..];
        }

        return source.WrittenSpan;
    }

    private static void Expand(ReadOnlySpan<byte> packed, ArrayBufferWriter<byte> source)
    {
        Span<byte> chunk = stackalloc byte[ChunkLength];
        var length = 0;
        for (var at = 0; at < packed.Length;)
        {
            var flags = packed[at++];
            for (var bit = 0; bit < 8 && at < packed.Length && length < ChunkLength; bit++)
            {
                if ((flags >> bit & 1) == 0)
                {
                    chunk[length++] = packed[at++];
                    continue;
                }

                if (at + 2 > packed.Length)
                {
                    at = packed.Length;
                    break;
                }

                // The further in the chunk, the more bits the distance takes and the fewer the length.
                var token = BinaryPrimitives.ReadUInt16LittleEndian(packed[at..]);
                at += 2;
                var bits = 4;
                while (1 << bits < length)
                {
                    bits++;
                }

                var distance = (token >> (16 - bits)) + 1;
                var count = (token & (0xFFFF >> bits)) + 3;
                for (; count > 0 && length < ChunkLength && distance <= length; count--)
                {
                    chunk[length] = chunk[length - distance];
                    length++;
                }
            }
        }

        source.Write(chunk[..length]);
    }
}
