using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using Spectre.Console;
using static System.FormattableString;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>What a person reads in the terminal: each key with its places, what to do, and what was not scanned.</summary>
internal sealed class ConsoleReport : IReportFormat
{
    private const int MaxPlaces = 20;
    private const int MaxSkipped = 10;

    private static readonly Style _quiet = new(decoration: Decoration.Dim);
    private static readonly Style _heading = new(decoration: Decoration.Bold);
    private static readonly Style _path = new(Color.Teal);
    private static readonly Style _position = new(Color.Green);
    private static readonly Style _good = new(Color.Green);
    private static readonly Style _warning = new(Color.Olive, decoration: Decoration.Bold);

    public string Name => "console";

    public string Purpose => "the keys, their places and what to do, for people";

    public void Write(ScanResult result, ReportStyle style, Stream output)
    {
        using var page = new TerminalPage(output, style);
        var redaction = new Redaction(result);
        var keys = KeyGroup.Of(result);
        WriteKeys(page, keys, new PlaceWords(redaction), redaction, style.Verbose);
        WriteAdvice(page, keys, redaction, result.Scope);
        WriteOutcome(page, result);
        WriteSuppressed(page, result, redaction, style.Verbose);
        WriteSkipped(page, result, redaction, style.Verbose);
        WriteWarnings(page, result, redaction);
    }

    private static void WriteKeys(TerminalPage page, IReadOnlyList<KeyGroup> keys, PlaceWords words, Redaction redaction, bool verbose)
    {
        foreach (var key in keys)
        {
            page.BeginSection();
            page.Line(
                (DisplayText.Line(key.Secret.Redacted), StyleOf(key.Gravity.Severity)),
                (Invariant($"  {redaction.Show(key.Rule.Name)}, {Counted.Of(key.PlaceCount, "place")}"), Style.Plain),
                ($", {key.Gravity.Name}", StyleOf(key.Gravity.Severity)));
            if (verbose)
            {
                page.Line(($"  sha256 {key.Secret.Sha256}", _quiet));
            }

            KeyLines.Write(page, key, redaction);
            WritePlaces(page, key, words, verbose);
        }
    }

    private static void WritePlaces(TerminalPage page, KeyGroup key, PlaceWords words, bool verbose)
    {
        var shown = verbose ? key.Places.Length : Math.Min(key.Places.Length, MaxPlaces);

        // The same line in the working tree and in history is one entry with two remarks.
        foreach (var spot in key.Places.Take(shown).GroupBy(words.Clickable))
        {
            var path = words.Path(spot.First());
            WriteItem(page, path, spot.Key[path.Length..], [.. spot.Select(place => string.Join(" · ", words.Phrases(place)))]);
        }

        if (key.PlaceCount > shown)
        {
            var hint = verbose || key.Places.Length == shown ? "" : "; --verbose lists them";
            page.Line((Invariant($"  … and {key.PlaceCount - shown:N0} more{hint}"), _quiet));
        }
    }

    private static void WriteAdvice(TerminalPage page, IReadOnlyList<KeyGroup> keys, Redaction redaction, ScanScope scope)
    {
        var rules = keys.Select(key => key.Rule).Distinct().ToList();
        foreach (var rule in rules)
        {
            page.BeginSection();
            var heading = scope == ScanScope.Staged ? "What to do before the commit" : "What to do";
            page.Line((rules.Count == 1 ? heading : $"{heading} about: {redaction.Show(rule.Name)}", _heading));
            var number = 0;
            foreach (var step in Advice.Steps(rule, keys.Where(key => key.Rule == rule).SelectMany(key => key.Places), scope))
            {
                page.Sentences(Invariant($"  {++number}. "), redaction.Show(step), Style.Plain);
            }
        }
    }

    private static void WriteOutcome(TerminalPage page, ScanResult result)
    {
        if (result.Findings.IsEmpty)
        {
            page.BeginSection();
            var sentence = result.IsComplete ? "No leaked key found." : "No leaked key found in what was scanned, but that was not everything.";
            page.Sentences("", sentence, result.IsComplete ? _good : _warning);
        }

        if (result.Interrupted)
        {
            page.BeginSection();
            page.Sentences("", "The scan was interrupted before its end; this is what it found until then.", _warning);
        }
    }

    private static void WriteSkipped(TerminalPage page, ScanResult result, Redaction redaction, bool verbose)
    {
        if (result.Skipped.IsEmpty)
        {
            return;
        }

        page.BeginSection();
        page.Line((Invariant($"Not scanned ({result.Skipped.Length:N0})"), _warning));
        var shown = verbose ? result.Skipped.Length : Math.Min(result.Skipped.Length, MaxSkipped);
        foreach (var skipped in result.Skipped.Take(shown))
        {
            WriteItem(page, redaction.Show(skipped.Origin.ToString()), "", [redaction.ShowReason(skipped.Reason)]);
        }

        if (shown < result.Skipped.Length)
        {
            page.Line((Invariant($"  … and {result.Skipped.Length - shown:N0} more; --verbose lists them"), _quiet));
        }
    }

    private static void WriteSuppressed(TerminalPage page, ScanResult result, Redaction redaction, bool verbose)
    {
        if (result.SuppressedCount == 0)
        {
            return;
        }

        page.BeginSection();
        var heading = Invariant($"Allowed ({result.SuppressedCount:N0})");
        if (!verbose || result.Suppressed.IsEmpty)
        {
            page.Line((heading, _heading), (result.Suppressed.IsEmpty ? "" : $"  {Reasons(result)}; --verbose lists what, and why", _quiet));
            return;
        }

        page.Line((heading, _heading));
        var words = new PlaceWords(redaction);
        foreach (var (finding, suppression) in result.Suppressed)
        {
            var path = words.Path(finding.Place);
            WriteItem(page, path, words.Clickable(finding.Place)[path.Length..], [$"{DisplayText.Line(finding.Secret.Redacted)}  {redaction.Show(suppression.ToString())}"]);
        }
    }

    private static string Reasons(ScanResult result) => string.Join(", ", result.Suppressed.CountBy(s => s.Suppression.Kind).OrderBy(k => k.Key).Select(k => k.Key switch
    {
        SuppressionKind.Comment => Invariant($"{k.Value:N0} by a comment"),
        SuppressionKind.Allowlist => Invariant($"{k.Value:N0} by the configuration"),
        _ => Invariant($"{k.Value:N0} by the baseline"),
    }));

    private static void WriteWarnings(TerminalPage page, ScanResult result, Redaction redaction)
    {
        if (result.Warnings.IsEmpty)
        {
            return;
        }

        page.BeginSection();
        page.Line((Invariant($"To put right ({result.Warnings.Length:N0})"), _warning));
        foreach (var warning in result.Warnings)
        {
            page.Sentences("  ", redaction.Show(warning), Style.Plain);
        }
    }

    /// <summary>A path and what there is to say about it: behind it where that fits, else below.</summary>
    private static void WriteItem(TerminalPage page, string path, string position, string[] remarks)
    {
        if (remarks is [var remark] && page.Fits(4 + TerminalPage.Columns(path + position) + TerminalPage.Columns(remark)))
        {
            page.Line(("  ", Style.Plain), (path, _path), (position, _position), ($"  {remark}", _quiet));
            return;
        }

        page.Line(("  ", Style.Plain), (path, _path), (position, _position));
        foreach (var each in remarks)
        {
            page.Sentences("    ", each, _quiet);
        }
    }

    private static Style StyleOf(Severity severity) => severity switch
    {
        Severity.Error => new Style(Color.Maroon, decoration: Decoration.Bold),
        Severity.Warning => _warning,
        _ => _heading,
    };
}
