using System.Buffers.Binary;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Containers;

/// <summary>
/// The members of a zip archive (APPNOTE 6.3.10): from its central directory, or, where that is damaged or missing, from the
/// headers in front of the members themselves.
/// </summary>
internal static class ZipDirectory
{
    public const int LocalHeader = 30;

    private const int CentralHeader = 46;
    private const int EndRecord = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int Zip64Extra = 1;

    public static ReadOnlySpan<byte> LocalSignature => "PK\u0003\u0004"u8;

    public static ReadOnlySpan<byte> EndSignature => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> CentralSignature => "PK\u0001\u0002"u8;

    private static ReadOnlySpan<byte> End64Signature => "PK\u0006\u0006"u8;

    /// <summary>What the central directory lists; null when there is none or it is damaged.</summary>
    public static List<ZipEntry>? ReadCentral(ReadOnlySpan<byte> archive)
    {
        var searched = Math.Max(0, archive.Length - EndRecord - LongestComment);
        var end = archive[searched..].LastIndexOf(EndSignature);
        if (end < 0 || archive.Length - searched - end < EndRecord)
        {
            return null;
        }

        end += searched;
        long count = BinaryPrimitives.ReadUInt16LittleEndian(archive[(end + 10)..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(archive[(end + 12)..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(archive[(end + 16)..]);
        var directoryEnd = end;
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            var end64 = archive[..end].LastIndexOf(End64Signature);
            if (end64 >= 0 && end - end64 >= 56)
            {
                size = BinaryPrimitives.ReadInt64LittleEndian(archive[(end64 + 40)..]);
                offset = BinaryPrimitives.ReadInt64LittleEndian(archive[(end64 + 48)..]);
                directoryEnd = end64;
            }
        }

        // With data before the first member the offsets are short by its length. The directory ends where its end record
        // begins, which tells by how much.
        if (size < 0 || size > directoryEnd)
        {
            return null;
        }

        var position = (int)(directoryEnd - size);
        var shift = position - offset;
        var entries = new List<ZipEntry>();
        while (position < directoryEnd)
        {
            if (directoryEnd - position < CentralHeader || !archive[position..].StartsWith(CentralSignature))
            {
                return null;
            }

            var header = archive[position..directoryEnd];
            var name = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
            var comment = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            var whole = CentralHeader + name + extra + comment;
            if (whole > header.Length)
            {
                return null;
            }

            long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
            long local = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
            Widen(header.Slice(CentralHeader + name, extra), ref length, ref packed, ref local);
            entries.Add(new ZipEntry(
                PathText.Decode(header.Slice(CentralHeader, name)),
                BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
                packed,
                length,
                local + shift));
            position += whole;
        }

        return entries;
    }

    /// <summary>The member whose own header begins at an offset; null when none does.</summary>
    public static ZipEntry? ReadLocal(ReadOnlySpan<byte> archive, long offset, out int dataOffset)
    {
        dataOffset = 0;
        if (offset < 0 || offset > archive.Length - LocalHeader || !archive[(int)offset..].StartsWith(LocalSignature))
        {
            return null;
        }

        var header = archive[(int)offset..];
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var name = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (header.Length < LocalHeader + name + extra)
        {
            return null;
        }

        dataOffset = (int)offset + LocalHeader + name + extra;
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[22..]);
        long none = 0;
        Widen(header.Slice(LocalHeader + name, extra), ref length, ref packed, ref none);
        var isUnknown = (flags & ZipEntry.LengthsFollowFlag) != 0 && packed == 0;
        return new ZipEntry(
            PathText.Decode(header.Slice(LocalHeader, name)),
            flags,
            BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
            isUnknown ? null : packed,
            isUnknown ? null : length,
            offset);
    }

    /// <summary>Takes the 64-bit numbers of a ZIP64 extra field in place of those that did not fit into 32 bits.</summary>
    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4)
            {
                return;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Extra)
            {
                var field = extra.Slice(4, size);
                Take(ref field, ref length);
                Take(ref field, ref packed);
                Take(ref field, ref offset);
                return;
            }

            extra = extra[(4 + size)..];
        }

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= 8)
            {
                value = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[8..];
            }
        }
    }
}
