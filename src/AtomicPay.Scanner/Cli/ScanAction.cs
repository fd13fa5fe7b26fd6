using System.Runtime.InteropServices;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>Runs a scan, shows progress, writes the reports, and says the exit code.</summary>
internal static class ScanAction
{
    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(1);

    public static int Run(ScanOptions request, ScanSettings settings) => Run(request, settings, Report);

    /// <summary>Scans, and does with the result what a command is for.</summary>
    public static int Run(ScanOptions request, ScanSettings settings, Func<ScanResult, ScanOptions, PolicyFiles, int> end)
    {
        using var interruption = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, interruption);
        using var terminate = StopOn(PosixSignal.SIGTERM, interruption);
        try
        {
            var policy = new PolicyFiles(request, Environment.GetEnvironmentVariable);
            var options = ScanSettings.Resolve(request, settings, Environment.GetEnvironmentVariable, policy.Configuration);
            foreach (var file in options.Reports.Select(r => r.File).OfType<string>())
            {
                ReportFile.Probe(file);
            }

            using var scan = new Scan(options, RuleFiles.Load(options.Rules, file => policy.Named(file, "rules file")), policy, interruption.Token);
            return end(RunWithProgress(scan, options), options, policy);
        }
        catch (Exception e) when (e is ReportFileException or ScanRequestException or ConfigurationException or RuleFilesException)
        {
            // A file that configures the scan may have been written by a stranger, and what is wrong in it may be a key. One of
            // rules may have several mistakes, a line for each.
            foreach (var line in e.Message.Split('\n'))
            {
                Console.Error.WriteLine($"atomicpay-scan: {DisplayText.Line(MaskedText.Of(RuleSet.Default, line))}");
            }

            return ExitCode.UsageOrIncomplete;
        }
    }

    private static int Report(ScanResult result, ScanOptions options, PolicyFiles policy)
    {
        WriteReports(result, options);
        if (!options.Quiet)
        {
            // On a terminal the report and the summary stand together; a line between them sets them apart.
            Console.Error.Write(Console.IsErrorRedirected ? "" : Environment.NewLine);
            Console.Error.WriteLine(SummaryLine.Of(result));
        }

        return ExitCode.Of(result, options);
    }

    private static ScanResult RunWithProgress(Scan scan, ScanOptions options)
    {
        if (options.Quiet || !ScanProgress.IsWanted(!Console.IsErrorRedirected, Environment.GetEnvironmentVariable))
        {
            return scan.Run();
        }

        var style = ConsoleSurface.Error(options);
        using var progress = ScanProgress.Start(() => scan.Activity, Console.Error, ProgressDelay, style.Width, style.Color);
        return scan.Run();
    }

    private static void WriteReports(ScanResult result, ScanOptions options)
    {
        result = options.ReportSuppressed ? result : result with { Suppressed = [] };
        foreach (var target in options.Reports)
        {
            var format = ReportFormats.Find(target.Format)!;
            if (target.File is { } file)
            {
                ReportFile.Write(file, stream => format.Write(result, ReportStyle.Plain with { Verbose = options.Verbose }, stream));
            }
            else
            {
                WriteToOutput(stream => format.Write(result, ConsoleSurface.Output(options), stream));
            }
        }
    }

    private static void WriteToOutput(Action<Stream> write)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            write(output);
        }
        catch (IOException)
        {
            // Whoever read the report stopped reading, as `| head` does. The exit code still says what was found.
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource interruption) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // The first signal ends the scan and lets the reports be written; a second one ends the process.
            context.Cancel = !interruption.IsCancellationRequested;
            interruption.Cancel();
        });
}
