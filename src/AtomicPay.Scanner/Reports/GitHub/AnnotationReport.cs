using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports.GitHub;

/// <summary>
/// Workflow commands that GitHub Actions turns into annotations on the lines of a pull request
/// (docs.github.com/actions/reference/workflow-commands-for-github-actions). A step shows ten errors, warnings and notices; the last
/// of each says how many more there are.
/// </summary>
internal sealed class AnnotationReport : IReportFormat
{
    /// <summary>How many annotations of one level GitHub shows for a step.</summary>
    public const int MaxOfOneLevel = 10;

    public string Name => "github";

    public string Purpose => "annotations for GitHub Actions";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        var redaction = new Redaction(result);
        var words = new PlaceWords(redaction);
        var findings = result.Findings.Order(FindingOrder.Instance).Select(finding => Annotation(finding, redaction, words));
        var problems = result.Skipped
            .Select(skipped => Command("warning", [("title", "Not scanned")], $"{redaction.Show(skipped.Origin.ToString())}: {redaction.ShowReason(skipped.Reason)}."));
        problems = problems.Concat(result.Warnings.Select(warning => Command("warning", [("title", "To put right")], redaction.Show(warning))));
        if (result.Interrupted)
        {
            problems = problems.Prepend(Command("warning", [("title", "Interrupted")], "The scan was interrupted: these are the keys that were found until then."));
        }

        var allowed = result.Suppressed.OrderBy(s => s.Finding, FindingOrder.Instance)
            .Select(s => Command("notice", [("title", "Allowed")], $"{words.Clickable(s.Finding.Place)}: {redaction.Show(s.Suppression.ToString())}"));
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (var line in Capped([.. findings], "error", "leaked keys").Concat(Capped([.. problems], "warning", "problems")).Concat(Capped([.. allowed], "notice", "keys that are allowed")))
        {
            writer.WriteLine(line);
        }
    }

    private static IEnumerable<string> Capped(IReadOnlyList<string> commands, string level, string noun)
    {
        if (commands.Count <= MaxOfOneLevel)
        {
            return commands;
        }

        var more = string.Create(CultureInfo.InvariantCulture, $"{commands.Count - MaxOfOneLevel + 1:N0} more {noun}: the other reports of this scan list them all.");
        return commands.Take(MaxOfOneLevel - 1).Append(Command(level, [("title", "And more")], more));
    }

    private static string Annotation(Finding finding, Redaction redaction, PlaceWords words)
    {
        var place = finding.Place;
        var properties = new List<(string, string)>();
        // Elsewhere there is no such file, or it no longer says so at that line.
        if (place.Kind is PlaceKind.Worktree or PlaceKind.Staged or PlaceKind.Index || place.Exposure is { InHead: true })
        {
            var outermost = place.Path.Split("!/")[0];
            properties.Add(("file", redaction.Mask(outermost)));
            if (place.Region is { StartLine: >= 1 } region && outermost == place.Path)
            {
                properties.Add(("line", Number(region.StartLine)));
                properties.Add(("endLine", Number(region.EndLine)));
                if (region.StartColumn >= 1 && region.EndLine == region.StartLine)
                {
                    properties.Add(("col", Number(region.StartColumn)));
                    properties.Add(("endColumn", Number(region.EndColumn)));
                }
            }
        }

        properties.Add(("title", $"{redaction.Show(finding.Rule.Name)} {DisplayText.Line(finding.Secret.Redacted)}"));
        return Command(
            finding.Gravity.Severity == Severity.Error ? "error" : "warning",
            properties,
            $"{words.Clickable(place)}: {string.Join("; ", [.. LivenessWords.Phrases(finding.Verification, finding.Revocation), .. words.Phrases(place)])}.\n{Advice.InOneParagraph(finding, redaction)}");
    }

    private static string Command(string level, IEnumerable<(string Name, string Value)> properties, string message) =>
        $"::{level} {string.Join(',', properties.Select(p => $"{p.Name}={EscapeProperty(p.Value)}"))}::{EscapeData(message)}";

    /// <summary>As actions/toolkit does: a line break would end the command, and the next line could be another one.</summary>
    private static string EscapeData(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
