using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

/// <summary>Writes a compound file whose streams' sectors lie in reverse order, so that none can be read without its chain.</summary>
internal static class DrawnCompound
{
    private const int Sector = 512;
    private const uint End = 0xFFFFFFFE;

    public static byte[] With(params (string Name, byte[] Content)[] streams)
    {
        var table = new List<uint> { 0xFFFFFFFD };
        var sectors = new List<byte[]> { new byte[Sector] };
        var directory = new List<byte[]> { Entry("Root Entry", 5, End, 0, child: 1) };
        for (var i = 0; i < streams.Length; i++)
        {
            var parts = streams[i].Content.Chunk(Sector).Select(part => part.Concat(new byte[Sector - part.Length]).ToArray()).ToList();
            var first = (uint)(sectors.Count + parts.Count - 1);
            for (var part = parts.Count - 1; part >= 0; part--)
            {
                table.Add(part == parts.Count - 1 ? End : (uint)(sectors.Count - 1));
                sectors.Add(parts[part]);
            }

            directory.Add(Entry(streams[i].Name, 2, first, streams[i].Content.Length, right: i + 1 < streams.Length ? (uint)(i + 2) : 0xFFFFFFFF));
        }

        var firstOfDirectory = (uint)sectors.Count;
        var entries = directory.SelectMany(entry => entry).Chunk(Sector).Select(part => part.Concat(new byte[Sector - part.Length]).ToArray()).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            table.Add(i + 1 < entries.Count ? (uint)(sectors.Count + 1) : End);
            sectors.Add(entries[i]);
        }

        for (var i = 0; i < Sector / 4; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(sectors[0].AsSpan(4 * i), i < table.Count ? table[i] : 0xFFFFFFFF);
        }

        var header = new byte[Sector];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(header, 0);
        header[26] = 3;
        header[30] = 9;
        header[32] = 6;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(44), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(48), firstOfDirectory);
        // No stream is short enough to lie among the small ones.
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(56), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), End);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(68), End);
        for (var i = 0; i < 109; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76 + (4 * i)), i == 0 ? 0 : 0xFFFFFFFF);
        }

        return [.. header, .. sectors.SelectMany(sector => sector)];
    }

    private static byte[] Entry(string name, byte type, uint start, int length, uint child = 0xFFFFFFFF, uint right = 0xFFFFFFFF)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(64), (ushort)((2 * name.Length) + 2));
        entry[66] = type;
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(68), 0xFFFFFFFF);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(72), right);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(76), child);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(116), start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(120), (uint)length);
        return entry;
    }
}
