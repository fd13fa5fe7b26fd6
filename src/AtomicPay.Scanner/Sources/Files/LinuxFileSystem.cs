using System.Runtime.InteropServices;
using AtomicPay.Scanner.Content;
using Microsoft.Win32.SafeHandles;

namespace AtomicPay.Scanner.Sources.Files;

internal sealed unsafe class LinuxFileSystem : FileSystem
{
    private const int NoSuchEntry = 2;
    private const int NoSuchDevice = 6;
    private const int NotAFolder = 20;
    private const int LongestLink = 4096;

    public override void ReadFolder(string path, Action<string, EntryKind> visit)
    {
        var descriptor = Open(path, Libc.FolderOnly | Libc.NoFollow);
        var folder = Libc.OpenFolder(descriptor);
        if (folder == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Libc.Close(descriptor);
            throw Failure(error);
        }

        try
        {
            while (true)
            {
                Marshal.SetLastSystemError(0);
                var entry = Libc.ReadEntry(folder);
                if (entry == null)
                {
                    var error = Marshal.GetLastPInvokeError();
                    if (error != 0)
                    {
                        throw Failure(error);
                    }

                    return;
                }

                var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + Libc.EntryNameOffset);
                if (bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8))
                {
                    continue;
                }

                var name = PathText.Decode(bytes);
                var type = entry[Libc.EntryTypeOffset];
                visit(name, type == Libc.TypeUnknown ? KindWithoutFollowing($"{path}/{name}") : KindOfType(type));
            }
        }
        finally
        {
            _ = Libc.CloseFolder(folder);
        }
    }

    public override EntryKind? KindOf(string path)
    {
        if (TryOpen(path, Libc.FolderOnly, out var error) is { } folder)
        {
            _ = Libc.Close(folder);
            return EntryKind.Folder;
        }

        return error switch
        {
            NotAFolder => KindOfNonFolder(path),
            NoSuchEntry => null,
            _ => throw Failure(error),
        };
    }

    public override SafeFileHandle OpenFile(string path) => new(Open(path, 0), ownsHandle: true);

    public override string ReadLink(string path)
    {
        Span<byte> target = stackalloc byte[LongestLink];
        fixed (byte* from = NullTerminated(path))
        fixed (byte* to = target)
        {
            var length = Libc.ReadLink(from, to, target.Length);
            return length >= 0 ? PathText.Decode(target[..(int)length]) : throw Failure(Marshal.GetLastPInvokeError());
        }
    }

    public override bool LinkLeadsSomewhere(string path)
    {
        fixed (byte* bytes = NullTerminated(path))
        {
            return Libc.Access(bytes, 0) == 0;
        }
    }

    private static EntryKind KindOfType(byte type) => type switch
    {
        Libc.TypeFile => EntryKind.File,
        Libc.TypeFolder => EntryKind.Folder,
        Libc.TypeLink => EntryKind.Link,
        _ => EntryKind.Special,
    };

    private static EntryKind KindOfNonFolder(string path)
    {
        // The runtime knows regular files from sockets, pipes and devices only once they are open; a socket refuses.
        var descriptor = TryOpen(path, 0, out var error);
        if (descriptor is null)
        {
            return error == NoSuchDevice ? EntryKind.Special : throw Failure(error);
        }

        using var handle = new SafeFileHandle(descriptor.Value, ownsHandle: true);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return stream.CanSeek ? EntryKind.File : EntryKind.Special;
    }

    /// <summary>For the file systems that do not say an entry's kind in its folder.</summary>
    private static EntryKind KindWithoutFollowing(string path)
    {
        const int TooManyLinks = 40;
        if (TryOpen(path, Libc.FolderOnly | Libc.NoFollow, out _) is { } folder)
        {
            _ = Libc.Close(folder);
            return EntryKind.Folder;
        }

        if (TryOpen(path, Libc.NoFollow, out var error) is { } file)
        {
            _ = Libc.Close(file);
            return KindOfNonFolder(path);
        }

        return error == TooManyLinks ? EntryKind.Link : EntryKind.File;
    }

    private static int Open(string path, int flags) => TryOpen(path, flags, out var error) ?? throw Failure(error);

    private static int? TryOpen(string path, int flags, out int error)
    {
        fixed (byte* bytes = NullTerminated(path))
        {
            var descriptor = Libc.OpenAt(Libc.AtCurrentFolder, bytes, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec | flags);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            return descriptor < 0 ? null : descriptor;
        }
    }

    private static byte[] NullTerminated(string path) => [.. PathText.Encode(path), 0];

    private static IOException Failure(int error)
    {
        var message = Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant();
        return error == NoSuchEntry ? new FileNotFoundException(message) : new IOException(message, error);
    }
}
