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
        _ when options.Revoke is not null && !IsRevoked(result) => UsageOrIncomplete,
        { Findings.IsEmpty: false } when options.FailOn == FailOn.Any => Leak,
        _ when options.FailOn == FailOn.Live && result.Findings.Any(f => f.Verification is { IsLive: true }) => Leak,
        { IsComplete: false } when !options.AllowIncomplete => UsageOrIncomplete,
        _ when options.FailOn == FailOn.Live && !options.AllowIncomplete && !IsKnown(result) => UsageOrIncomplete,
        _ => Clean,
    };

    /// <summary>For a command that only asks: 0 when every key is dead, 1 when one is live.</summary>
    public static int OfVerification(ScanResult result) => Of(result, new ScanOptions { Paths = [], Reports = [], FailOn = FailOn.Live });

    /// <summary>For a command that revokes: 0 when every key is known to be dead.</summary>
    public static int OfRevocation(ScanResult result) =>
        result.Interrupted ? Interrupted
        : IsRevoked(result) && result.IsComplete ? Clean
        : UsageOrIncomplete;

    private static bool IsKnown(ScanResult result) => result.Findings.All(f => f.Verification is not (null or { Liveness: Liveness.Unknown }));

    private static bool IsRevoked(ScanResult result) => result.Findings.All(f => f.Revocation is { IsDone: true });
}
