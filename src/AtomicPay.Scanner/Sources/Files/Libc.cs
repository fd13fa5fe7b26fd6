using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>
/// The few calls into Linux's C library that .NET has no equal for: names as the bytes that they are, the kind of an entry
/// without a call for each, and opening that never waits (a named pipe would).
/// </summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int AtCurrentFolder = -100;

    // The layout of Linux's struct dirent on 64-bit platforms, the same in glibc and musl.
    public const int EntryTypeOffset = 18;
    public const int EntryNameOffset = 19;

    public const byte TypeUnknown = 0;
    public const byte TypeFolder = 4;
    public const byte TypeFile = 8;
    public const byte TypeLink = 10;

    // O_DIRECTORY and O_NOFOLLOW are among the few flags whose values differ between x86-64 and Arm.
    public static readonly int FolderOnly = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    public static readonly int NoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Whether the calls above can be used: the layouts are those of 64-bit Linux.</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint OpenFolder(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    public static partial byte* ReadEntry(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    public static partial nint ReadLink(byte* path, byte* target, nint capacity);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true)]
    public static partial int Access(byte* path, int mode);
}
