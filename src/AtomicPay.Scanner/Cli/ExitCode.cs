using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Cli;

/// <summary>The exit codes of the contract, and which of them a scan earns.</summary>
internal static class ExitCode
{
    public const int Clean = 0;
    public const int Leak = 1;
    public const int UsageOrIncomplete = 2;
    public const int Interrupted = 130;

    public static int Of(ScanResult result, ScanOptions options) => result switch
    {
        { Interrupted: true } => Interrupted,
        { Findings.IsEmpty: false } when options.FailOn == FailOn.Any => Leak,
        { IsComplete: false } when !options.AllowIncomplete => UsageOrIncomplete,
        _ => Clean,
    };
}
