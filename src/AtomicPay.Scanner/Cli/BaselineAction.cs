using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Triage;

namespace AtomicPay.Scanner.Cli;

/// <summary>Runs a scan and writes its findings as a baseline.</summary>
internal static class BaselineAction
{
    public static int Run(ScanOptions request, ScanSettings settings, string file) => ScanAction.Run(
        request with { HeedBaseline = false, Reports = [new ReportTarget("baseline", file)] },
        settings,
        (result, options, policy, _) => Write(result, options, policy, file));

    private static int Write(ScanResult result, ScanOptions options, PolicyFiles policy, string file)
    {
        if (result.Interrupted)
        {
            Complaint.Write($"interrupted; {DisplayText.Line(file)} is as it was.");
            return ExitCode.Interrupted;
        }

        var (introduction, before) = File.Exists(file) && policy.Named(file, "baseline") is { } text ? BaselineFormat.Read(file, text) : (null, []);
        var reasons = before.Where(e => e.Reason is not null).ToLookup(e => (e.Sha256, e.Path), e => e.Reason);
        var now = result.Findings
            .Select(f => Baseline.EntryOf(f, policy.InRepository(f.Place.Path), result.Rules))
            .Select(e => e with { Reason = reasons[(e.Sha256, e.Path)].FirstOrDefault() });

        // What a scan of a part did not meet may still be there.
        List<BaselineEntry> entries = [.. now, .. result.IsWhole ? [] : before];
        ReportFile.Write(file, stream => stream.Write(BaselineFormat.Write(introduction, entries)));
        if (!options.Quiet)
        {
            var count = entries.DistinctBy(e => (e.Sha256, e.Path)).Count();
            Console.Error.WriteLine($"{DisplayText.Line(file)} lists {Counted.Of(count, "finding")} · {SummaryLine.Of(result)}");
        }

        return result.IsComplete || options.AllowIncomplete ? ExitCode.Clean : ExitCode.UsageOrIncomplete;
    }
}
