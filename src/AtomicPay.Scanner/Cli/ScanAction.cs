using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Purge;
using AtomicPay.Scanner.Reports.Terminal;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>Runs a scan, shows progress, writes the reports, and says the exit code.</summary>
internal static class ScanAction
{
    public static int Run(ScanOptions request, ScanSettings settings) => Run(request, settings, Report);

    /// <summary>Scans, and does with the result what a command is for.</summary>
    public static int Run(ScanOptions request, ScanSettings settings, Func<ScanResult, ScanOptions, PolicyFiles, CancellationToken, int> end)
    {
        using var interruption = new Interruption();
        try
        {
            var policy = new PolicyFiles(request, Environment.GetEnvironmentVariable);
            var options = ScanSettings.Resolve(request, settings, Environment.GetEnvironmentVariable, policy.Configuration);
            foreach (var file in options.Reports.Select(r => r.File).Append(options.PurgePlan).OfType<string>())
            {
                ReportFile.Probe(file);
            }

            using var scan = new Scan(options, RuleFiles.Load(options.Rules, file => policy.Named(file, "rules file")), policy, interruption.Token);
            return end(RunWithProgress(scan, options), options, policy, interruption.Token);
        }
        catch (Exception e) when (e is ReportFileException or ScanRequestException or ConfigurationException or RuleFilesException)
        {
            // A file that configures the scan may have been written by a stranger, and what is wrong in it may be a key. One of
            // rules may have several mistakes, a line for each.
            foreach (var line in e.Message.Split('\n'))
            {
                Complaint.Write(line);
            }

            return ExitCode.UsageOrIncomplete;
        }
    }

    private static int Report(ScanResult result, ScanOptions options, PolicyFiles policy, CancellationToken cancellation)
    {
        result = AskApi(result, options, cancellation);
        WriteReports(result, options);
        if (options.PurgePlan is { } plan)
        {
            PurgePlan.Write(result, plan);
        }

        if (!options.Quiet)
        {
            // On a terminal the report and the summary stand together; a line between them sets them apart.
            Console.Error.Write(Console.IsErrorRedirected ? "" : Environment.NewLine);
            Console.Error.WriteLine(SummaryLine.Of(result));
        }

        return ExitCode.Of(result, options);
    }

    public static ScanResult RunWithProgress(Scan scan, ScanOptions options)
    {
        using var progress = ConsoleSurface.Watch(options, () => scan.Activity);
        return scan.Run();
    }

    private static ScanResult AskApi(ScanResult result, ScanOptions options, CancellationToken cancellation)
    {
        if ((options.Verify == VerifyMode.Off && options.Revoke is null) || result.Interrupted)
        {
            return result;
        }

        using var session = new ApiSession(options, cancellation);
        result = session.Verify(result);
        return options.Revoke is { } revoke && !result.Interrupted ? session.Revoke(result, revoke, Console.OpenStandardError, ConsoleSurface.Error(options)) : result;
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
}
