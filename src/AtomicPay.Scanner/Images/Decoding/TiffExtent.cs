using System.Buffers.Binary;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>Tells whether a TIFF is cut off: its decoder fills what is missing with nothing, and says nothing of it.</summary>
internal static class TiffExtent
{
    private const int EntryLength = 12;
    private const int MostPages = 1_000;
    private const int StripOffsets = 273;
    private const int StripLengths = 279;
    private const int TileOffsets = 324;
    private const int TileLengths = 325;
    private const int Short = 3;
    private const int BigTiff = 43;

    /// <summary>Whether a page, or the pixels of one, lie beyond the end of the file (TIFF 6.0, section 2; not BigTIFF).</summary>
    public static bool IsCutOff(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff[0] == (byte)'I';
        if (Half(tiff, 2, isLittle) == BigTiff)
        {
            return false;
        }

        var at = Word(tiff, 4, isLittle);
        for (var page = 0; at != 0 && page < MostPages; page++)
        {
            if (at > tiff.Length - 2)
            {
                return true;
            }

            var entries = Half(tiff, (int)at, isLittle);
            var next = at + 2 + ((long)entries * EntryLength);
            if (next > tiff.Length - 4 || ArePixelsCutOff(tiff, tiff.Slice((int)at + 2, entries * EntryLength), isLittle))
            {
                return true;
            }

            at = Word(tiff, (int)next, isLittle);
        }

        return false;
    }

    private static bool ArePixelsCutOff(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entries, bool isLittle)
    {
        ReadOnlySpan<byte> offsets = default;
        ReadOnlySpan<byte> lengths = default;
        for (; entries.Length >= EntryLength; entries = entries[EntryLength..])
        {
            var tag = Half(entries, 0, isLittle);
            if (tag is StripOffsets or TileOffsets)
            {
                offsets = entries[..EntryLength];
            }
            else if (tag is StripLengths or TileLengths)
            {
                lengths = entries[..EntryLength];
            }
        }

        if (offsets.IsEmpty || lengths.IsEmpty)
        {
            return false;
        }

        var count = Math.Min(Word(offsets, 4, isLittle), Word(lengths, 4, isLittle));
        for (var i = 0; i < count; i++)
        {
            if (Value(tiff, offsets, i, isLittle) is not { } offset || Value(tiff, lengths, i, isLittle) is not { } length || offset + length > tiff.Length)
            {
                return true;
            }
        }

        return false;
    }

    // One of an entry's values, which stand in the entry when they fit there; null when they would lie beyond the end.
    private static long? Value(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entry, int index, bool isLittle)
    {
        var isShort = Half(entry, 2, isLittle) == Short;
        var size = isShort ? 2 : 4;
        var isInside = Word(entry, 4, isLittle) * size <= 4;
        var values = isInside ? entry[8..] : tiff;
        var at = (isInside ? 0 : Word(entry, 8, isLittle)) + ((long)index * size);
        return at > values.Length - size ? null : isShort ? Half(values, (int)at, isLittle) : Word(values, (int)at, isLittle);
    }

    private static int Half(ReadOnlySpan<byte> bytes, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static long Word(ReadOnlySpan<byte> bytes, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
