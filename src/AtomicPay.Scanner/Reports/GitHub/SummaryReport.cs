using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Findings;
using static System.FormattableString;

namespace AtomicPay.Scanner.Reports.GitHub;

/// <summary>The scan on one page of GitHub-flavoured Markdown: the summary of a workflow's step, or a comment.</summary>
internal sealed class SummaryReport : IReportFormat
{
    /// <summary>Characters, of at most three bytes each: GitHub refuses a summary of more than 1 MiB.</summary>
    private const int MaxLength = 300_000;
    private const int MaxKeys = 100;
    private const int MaxPlaces = 20;
    private const int MaxSkipped = 50;

    public string Name => "markdown";

    public string Purpose => "one page of Markdown, for the summary of a GitHub Actions step";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        var words = new PlaceWords(redaction);
        var keys = KeyGroup.Of(result);
        var page = new StringBuilder();
        Line(page, $"## {Title(result, keys.Count)}");
        page.Append('\n');
        Line(page, SummaryLine.Scanned(result.Counts) + (result.IsComplete ? " scanned." : " scanned; **not everything could be scanned.**"));
        WriteKeys(page, keys, words, redaction);
        WriteAdvice(page, keys, redaction);
        WriteSuppressed(page, result, words, redaction);
        WriteSkipped(page, result, redaction);
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void Line(StringBuilder page, string text) => page.Append(text).Append('\n');

    private static string Title(ScanResult result, int keys) => keys switch
    {
        0 when result.IsComplete => "No leaked AtomicPay key",
        0 => "No leaked AtomicPay key in what could be scanned",
        _ => Counted.Of(keys, "leaked AtomicPay key"),
    };

    private static void WriteKeys(StringBuilder page, IReadOnlyList<KeyGroup> keys, PlaceWords words, Redaction redaction)
    {
        if (keys.Count == 0)
        {
            return;
        }

        page.Append('\n');
        Line(page, "| key | place | |");
        Line(page, "| --- | --- | --- |");
        var shown = 0;
        foreach (var key in keys.Take(MaxKeys).TakeWhile(_ => page.Length < MaxLength))
        {
            shown++;
            var places = 0;
            string[] about = [redaction.Show(key.Rule.Name), key.Gravity.Name, .. LivenessWords.Phrases(key.Verification, key.Revocation)];
            var name = $"{Code(DisplayText.Line(key.Secret.Redacted))} {Text(string.Join("; ", about))}";
            foreach (var place in key.Places.Take(MaxPlaces).TakeWhile(_ => page.Length < MaxLength))
            {
                Line(page, $"| {name} | {Code(words.Clickable(place))} | {Text(string.Join("; ", words.Phrases(place)))} |");
                name = "";
                places++;
            }

            if (key.PlaceCount > places)
            {
                Line(page, Invariant($"| | … and {key.PlaceCount - places:N0} more places | |"));
            }
        }

        if (keys.Count > shown)
        {
            Line(page, Invariant($"| … and {keys.Count - shown:N0} more keys | | |"));
        }
    }

    private static void WriteAdvice(StringBuilder page, IReadOnlyList<KeyGroup> keys, Redaction redaction)
    {
        foreach (var group in keys.GroupBy(key => key.Rule))
        {
            page.Append('\n');
            Line(page, $"### What to do about: {Text(redaction.Show(group.Key.Name))}");
            page.Append('\n');
            foreach (var step in Advice.Steps(group.Key, group.SelectMany(key => key.Places)))
            {
                Line(page, $"1. {Text(redaction.Show(step))}");
            }
        }
    }

    private static void WriteSuppressed(StringBuilder page, ScanResult result, PlaceWords words, Redaction redaction)
    {
        if (result.SuppressedCount == 0 && result.Warnings.IsEmpty)
        {
            return;
        }

        Line(page, "");
        Line(page, Invariant($"### Allowed ({result.SuppressedCount:N0})"));
        Line(page, "");
        foreach (var (finding, suppression) in result.Suppressed.Take(MaxSkipped).TakeWhile(_ => page.Length < MaxLength))
        {
            Line(page, $"- {Code(words.Clickable(finding.Place))}: {Text(redaction.Show(suppression.ToString()))}");
        }

        foreach (var warning in result.Warnings.TakeWhile(_ => page.Length < MaxLength))
        {
            Line(page, $"- To put right: {Text(redaction.Show(warning))}");
        }
    }

    private static void WriteSkipped(StringBuilder page, ScanResult result, Redaction redaction)
    {
        if (result.Skipped.IsEmpty)
        {
            return;
        }

        page.Append('\n');
        Line(page, Invariant($"### Not scanned ({result.Skipped.Length:N0})"));
        page.Append('\n');
        var shown = 0;
        foreach (var skipped in result.Skipped.Take(MaxSkipped).TakeWhile(_ => page.Length < MaxLength))
        {
            Line(page, $"- {Code(redaction.Show(skipped.Origin.ToString()))}: {Text(redaction.ShowReason(skipped.Reason))}");
            shown++;
        }

        if (result.Skipped.Length > shown)
        {
            Line(page, Invariant($"- … and {result.Skipped.Length - shown:N0} more"));
        }
    }

    /// <summary>As HTML, because a path may hold back quotes and bars, and Markdown has no escape for them in code.</summary>
    private static string Code(string text) => $"<code>{Text(text)}</code>";

    /// <summary>Nothing in it is markup: neither HTML nor Markdown, nor a mention or a reference that GitHub would follow.</summary>
    private static string Text(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) && character is not (' ' or '.' or ',' or ';' or '(' or ')' or '/' or '-' or '%'))
            {
                safe.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
            }
            else
            {
                safe.Append(character);
            }
        }

        // GitHub makes a link of whatever begins like this.
        return safe.Replace("www.", "www&#46;").ToString();
    }
}
