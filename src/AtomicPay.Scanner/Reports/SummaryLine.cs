using System.Globalization;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>The one line that ends a scan, for stderr: it is about the run, not part of any report.</summary>
internal static class SummaryLine
{
    public static string Of(ScanResult result)
    {
        var keys = result.Findings.Select(finding => finding.Secret).Distinct().Count();
        var found = keys == 0 ? "No leaked key" : $"{Counted.Of(keys, "leaked key")}{Known(result)}, {Counted.Of(result.Findings.Length, "finding")}";
        var line = $"{found} · {Scanned(result.Counts)}, {Counted.Size(result.Counts.Bytes)} · {Counted.Duration(result.Elapsed)}";
        if (!result.Skipped.IsEmpty)
        {
            line += $" · {result.Skipped.Length.ToString("N0", CultureInfo.InvariantCulture)} not scanned";
        }

        if (result.SuppressedCount > 0)
        {
            line += $" · {result.SuppressedCount.ToString("N0", CultureInfo.InvariantCulture)} allowed";
        }

        return result.Interrupted ? $"{line} · interrupted" : line;
    }

    /// <summary>How many of the keys are live, and of how many that is not known; nothing when the API was not asked.</summary>
    private static string Known(ScanResult result)
    {
        var asked = result.Findings.Where(finding => finding.Verification is not null).DistinctBy(finding => finding.Secret).ToList();
        var live = asked.Count(finding => finding.Verification!.IsLive);
        var unknown = asked.Count(finding => finding.Verification!.Liveness == Liveness.Unknown);
        return asked.Count == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({live:N0} live{(unknown == 0 ? "" : $", {unknown:N0} unknown")})");
    }

    /// <summary>What was read, without what there was none of.</summary>
    public static string Scanned(ScanCounts counts)
    {
        var parts = new List<string>();
        if (counts.Files > 0 || counts is { GitObjects: 0, Pictures: 0 })
        {
            parts.Add(Counted.Of(counts.Files, "file"));
        }

        if (counts.GitObjects > 0)
        {
            parts.Add(Counted.Of(counts.GitObjects, "git object"));
        }

        if (counts.Pictures > 0)
        {
            parts.Add(Counted.Of(counts.Pictures, "picture"));
        }

        return string.Join(", ", parts);
    }
}
