using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Cli;

/// <summary>Keeps memory in which keys lie out of core files and, on Linux, from other processes of the same user.</summary>
internal static partial class PrivateMemory
{
    private const int SetDumpable = 4;
    private const int CoreFileSize = 4;

    /// <summary>Best effort: where it does not work nothing is worse than without.</summary>
    public static void Keep()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }
        else if (OperatingSystem.IsMacOS())
        {
            _ = SetLimit(CoreFileSize, default);
        }
    }

    // See prctl(2), PR_SET_DUMPABLE.
    [LibraryImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    // See setrlimit(2), RLIMIT_CORE.
    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly ulong _soft;
        private readonly ulong _hard;
    }
}
