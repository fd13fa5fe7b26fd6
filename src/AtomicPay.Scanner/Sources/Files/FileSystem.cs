using Microsoft.Win32.SafeHandles;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>
/// What the walk asks of a file system. Paths are <see cref="Content.PathText"/>. Errors are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> whose message is fit to show.
/// </summary>
internal abstract class FileSystem
{
    public static FileSystem Current { get; } = Libc.IsSupported ? new LinuxFileSystem() : new PortableFileSystem();

    /// <summary>Calls <paramref name="visit"/> for each entry of a folder, without following a link to it.</summary>
    public abstract void ReadFolder(string path, Action<string, EntryKind> visit);

    /// <summary>What a path named by the user is, links followed; null when nothing is there.</summary>
    public abstract EntryKind? KindOf(string path);

    public abstract SafeFileHandle OpenFile(string path);

    /// <summary>A link's target, as written in it.</summary>
    public abstract string ReadLink(string path);

    /// <summary>Whether a link leads to something.</summary>
    public abstract bool LinkLeadsSomewhere(string path);
}
