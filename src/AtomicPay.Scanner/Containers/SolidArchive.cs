using SharpCompress.Archives;
using SharpCompress.Readers;

namespace AtomicPay.Scanner.Containers;

/// <summary>
/// Hands on the members of an archive in the order in which they were packed: those of 7z and rar continue each other, so that
/// opening one alone would unpack all before it again.
/// </summary>
internal static class SolidArchive
{
    public static ReaderOptions Options { get; } = new() { LeaveStreamOpen = true };

    public static void HandOn(IArchive archive, Members members)
    {
        if (archive.IsEncrypted)
        {
            members.Skip("is encrypted");
            return;
        }

        using var reader = archive.ExtractAllEntries();
        while (!members.IsOver && reader.MoveToNextEntry())
        {
            var entry = reader.Entry;
            var path = entry.Key ?? "";
            if (entry.IsDirectory)
            {
                continue;
            }

            if (entry.IsEncrypted)
            {
                members.Skip(path, "is encrypted");
                continue;
            }

            using var content = reader.OpenEntryStream();
            members.Add(path, content, entry.Size);
        }
    }
}
