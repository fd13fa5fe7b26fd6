using Microsoft.Win32.SafeHandles;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>The file system through .NET alone, for platforms whose C library layouts <see cref="Libc"/> does not know.</summary>
internal sealed class PortableFileSystem : FileSystem
{
    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public override void ReadFolder(string path, Action<string, EntryKind> visit)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", EveryEntry))
        {
            visit(entry.Name, KindOf(entry.Attributes));
        }
    }

    public override EntryKind? KindOf(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            return attributes.HasFlag(FileAttributes.ReparsePoint) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target
                ? KindOf(File.GetAttributes(target.FullName) & ~FileAttributes.ReparsePoint)
                : KindOf(attributes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public override SafeFileHandle OpenFile(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public override string ReadLink(string path) => new FileInfo(path).LinkTarget ?? "";

    public override bool LinkLeadsSomewhere(string path) => Path.Exists(path);

    private static EntryKind KindOf(FileAttributes attributes) =>
        attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link
        : attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder
        : attributes.HasFlag(FileAttributes.Device) ? EntryKind.Special
        : EntryKind.File;
}
