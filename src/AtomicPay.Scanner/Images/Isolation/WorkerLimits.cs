using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Images.Isolation;

/// <summary>What a process that reads pictures may take, set by itself before it sees the first one.</summary>
internal static partial class WorkerLimits
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    // See setrlimit(2): RLIMIT_DATA counts what is written to, not the addresses that a runtime reserves; the number is Linux's.
    private const int DataLimit = 2;

    // Bytes. The largest picture that is decoded takes 400 MB as it is, and as much again while it is turned and made gray.
    private const ulong MostData = 1_536UL << 20;

    /// <summary>Bounds memory. Best effort, on Linux: elsewhere the limits of the pictures themselves have to do.</summary>
    public static void Set()
    {
        if (OperatingSystem.IsLinux())
        {
            var limit = new Limit(MostData, MostData);
            _ = SetLimit(DataLimit, in limit);
        }
    }

    /// <summary>Standard output for answers only: what native libraries print goes nowhere, on either stream.</summary>
    public static Stream TakeStandardOutput()
    {
        // A copy of the descriptor, so that another file can take the place of the original.
        var answers = Console.OpenStandardOutput();
        if (!OperatingSystem.IsWindows())
        {
            using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
            _ = Duplicate((int)nowhere.DangerousGetHandle(), OutputDescriptor);
            _ = Duplicate((int)nowhere.DangerousGetHandle(), ErrorDescriptor);
        }

        return answers;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor, int target);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft;
        public readonly ulong Hard = hard;
    }
}
