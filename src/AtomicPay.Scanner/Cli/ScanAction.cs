using System.Runtime.InteropServices;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;

namespace AtomicPay.Scanner.Cli;

/// <summary>Runs a scan, shows progress, writes the reports, and says the exit code.</summary>
internal static class ScanAction
{
    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(1);

    public static int Run(ScanOptions options)
    {
        using var interruption = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, interruption);
        using var terminate = StopOn(PosixSignal.SIGTERM, interruption);
        try
        {
            foreach (var file in options.Reports.Select(r => r.File).OfType<string>())
            {
                ReportFile.Probe(file);
            }

            using var scan = new Scan(options, RuleFiles.Load(options.Rules), interruption.Token);
            var result = RunWithProgress(scan, options);
            WriteReports(result, options);
            if (!options.Quiet)
            {
                // On a terminal the report and the summary stand together; a line between them sets them apart.
                Console.Error.Write(Console.IsErrorRedirected ? "" : Environment.NewLine);
                Console.Error.WriteLine(SummaryLine.Of(result));
            }

            return ExitCode.Of(result, options);
        }
        catch (Exception e) when (e is ReportFileException or ScanRequestException or RuleFilesException)
        {
            // A file of rules may have several mistakes, a line for each.
            foreach (var line in e.Message.Split('\n'))
            {
                Console.Error.WriteLine($"atomicpay-scan: {line}");
            }

            return ExitCode.UsageOrIncomplete;
        }
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
