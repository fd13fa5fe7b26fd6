using System.Buffers.Binary;

namespace AtomicPay.Scanner.Containers.Databases;

/// <summary>
/// SQLite (sqlite.org/fileformat2.html): the values of every cell of every page, free pages and those of a write-ahead log or
/// rollback journal included. No tree is walked, so no loop can be; only overflow chains are followed.
/// </summary>
internal sealed class SqliteFormat : IContainerFormat
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;
    private const int DatabaseHeader = 100;

    private static ReadOnlySpan<byte> JournalMagic => [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7];

    public string Name => "sqlite";

    public bool Recognises(ReadOnlySpan<byte> head) => IsDatabase(head) || IsLog(head) || IsJournal(head);

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        if (IsDatabase(content))
        {
            OpenDatabase(content, members);
        }
        else if (IsLog(content))
        {
            OpenLog(content, members);
        }
        else
        {
            OpenJournal(content, members);
        }
    }

    private static bool IsDatabase(ReadOnlySpan<byte> head) =>
        head.Length >= DatabaseHeader && head.StartsWith("SQLite format 3\0"u8) && PageSizeOf(BinaryPrimitives.ReadUInt16BigEndian(head[16..])) > 0;

    private static bool IsLog(ReadOnlySpan<byte> head) =>
        head.Length > LogHeader + FrameHeader && (BinaryPrimitives.ReadUInt32BigEndian(head) & ~1U) == 0x377F0682
        && PageSizeOf(BinaryPrimitives.ReadUInt32BigEndian(head[8..])) > 0;

    private static bool IsJournal(ReadOnlySpan<byte> head) =>
        head.Length > 512 && head.StartsWith(JournalMagic) && PageSizeOf(BinaryPrimitives.ReadUInt32BigEndian(head[24..])) > 0
        && BinaryPrimitives.ReadUInt32BigEndian(head[20..]) is >= 32 and <= 65536;

    // A power of two from 512 on; the largest does not fit its two bytes and is written as 1.
    private static int PageSizeOf(uint written) => written switch
    {
        1 => 65536,
        >= 512 and <= 65536 when (written & (written - 1)) == 0 => (int)written,
        _ => 0,
    };

    private static void OpenDatabase(ReadOnlySpan<byte> content, Members members)
    {
        var size = PageSizeOf(BinaryPrimitives.ReadUInt16BigEndian(content[16..]));
        var cells = new SqliteCells(size, size - content[20], BinaryPrimitives.ReadUInt32BigEndian(content[56..]), members);
        for (var (number, at) = (1U, 0L); at < content.Length; number++, at += size)
        {
            cells.Know(number, (int)at);
        }

        for (long at = 0; at < content.Length && !members.IsOver; at += size)
        {
            cells.Read(content, (int)at, headerAt: at == 0 ? DatabaseHeader : 0);
        }

        cells.HandOn();
        var pages = BinaryPrimitives.ReadUInt32BigEndian(content[28..]);
        if ((long)pages * size > content.Length)
        {
            members.Skip("is cut off: it has fewer pages than it says; those that it has were scanned");
        }
    }

    private static void OpenLog(ReadOnlySpan<byte> content, Members members)
    {
        var size = PageSizeOf(BinaryPrimitives.ReadUInt32BigEndian(content[8..]));
        OpenPages(content, members, size, LogHeader, FrameHeader, FrameHeader + size);
    }

    private static void OpenJournal(ReadOnlySpan<byte> content, Members members)
    {
        var size = PageSizeOf(BinaryPrimitives.ReadUInt32BigEndian(content[24..]));
        var first = (int)BinaryPrimitives.ReadUInt32BigEndian(content[20..]);
        OpenPages(content, members, size, first, 4, size + 8);
    }

    /// <summary>Reads the pages of a log, each behind its number.</summary>
    private static void OpenPages(ReadOnlySpan<byte> content, Members members, int size, int first, int header, int step)
    {
        // A log does not say how its database writes text, nor whether it keeps bytes of each page for itself; hardly one does.
        var cells = new SqliteCells(size, size, encoding: 0, members);
        for (long at = first; at + step <= content.Length; at += step)
        {
            cells.Know(BinaryPrimitives.ReadUInt32BigEndian(content[(int)at..]), (int)at + header);
        }

        for (long at = first; at + step <= content.Length && !members.IsOver; at += step)
        {
            var isFirst = BinaryPrimitives.ReadUInt32BigEndian(content[(int)at..]) == 1;
            cells.Read(content, (int)at + header, isFirst ? DatabaseHeader : 0);
        }

        cells.HandOn();
    }
}
