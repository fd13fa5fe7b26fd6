using System.Globalization;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>The one line that ends a scan, for stderr: it is about the run, not part of any report.</summary>
internal static class SummaryLine
{
    public static string Of(ScanResult result)
    {
        var keys = result.Findings.Select(finding => finding.Secret).Distinct().Count();
        var found = keys == 0 ? "No leaked key" : $"{Counted.Of(keys, "leaked key")}, {Counted.Of(result.Findings.Length, "finding")}";
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
