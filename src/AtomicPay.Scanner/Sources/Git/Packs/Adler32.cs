using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The checksum at the end of a zlib stream (RFC 1950).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The most 16-byte blocks before which two 16-bit column sums (2 * 127 * 255 < 65536) cannot have overflowed together.
    private const int BlocksAtOnce = 128;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint low = 1;
        uint high = 0;
        while (bytes.Length >= 32 && Vector128.IsHardwareAccelerated)
        {
            var blocks = Math.Min(bytes.Length / 16, BlocksAtOnce);
            AddBlocks(bytes[..(blocks * 16)], ref low, ref high);
            bytes = bytes[(blocks * 16)..];
        }

        while (!bytes.IsEmpty)
        {
            // 5552 is the most bytes after which 32 bits cannot have overflowed (RFC 1950's own figure).
            var count = Math.Min(bytes.Length, 5552);
            foreach (var b in bytes[..count])
            {
                low += b;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[count..];
        }

        return (high << 16) | low;
    }

    /// <summary>
    /// With column j the sum of the bytes at j of every 16, and earlier the sum of the columns before each block: low grows
    /// by all columns; high grows by low for every byte, by 16 for every byte of an earlier block, and by 16 - j for column j.
    /// </summary>
    private static void AddBlocks(ReadOnlySpan<byte> bytes, ref uint low, ref uint high)
    {
        var first = Vector128<ushort>.Zero;
        var second = Vector128<ushort>.Zero;
        var earlier = Vector128<uint>.Zero;
        for (var i = 0; i <= bytes.Length - 16; i += 16)
        {
            var both = first + second;
            earlier += Vector128.WidenLower(both) + Vector128.WidenUpper(both);
            var block = Vector128.Create(bytes.Slice(i, 16));
            first += Vector128.WidenLower(block);
            second += Vector128.WidenUpper(block);
        }

        uint columns = 0;
        uint weighted = 0;
        for (var j = 0; j < 8; j++)
        {
            columns += (uint)first[j] + second[j];
            weighted += ((uint)(16 - j) * first[j]) + ((uint)(8 - j) * second[j]);
        }

        high = (uint)((high + ((ulong)low * (uint)bytes.Length) + (16UL * Vector128.Sum(earlier)) + weighted) % Modulus);
        low = (low + columns) % Modulus;
    }
}
