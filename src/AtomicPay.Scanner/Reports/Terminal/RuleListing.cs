using AtomicPay.Scanner.Rules;
using Spectre.Console;
using static System.FormattableString;
using Rule = AtomicPay.Scanner.Rules.Rule;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>The rules, for people: a table of all, or all about one.</summary>
internal static class RuleListing
{
    private const int LabelWidth = 13;

    private static readonly Style _quiet = new(decoration: Decoration.Dim);
    private static readonly Style _bold = new(decoration: Decoration.Bold);
    private static readonly Style _id = new(Color.Teal);

    public static void WriteAll(RuleSet rules, ReportStyle style, Stream output)
    {
        using var page = new TerminalPage(output, style);
        string[][] rows =
        [
            ["RULE", "SEVERITY", "LOOKS FOR", "NAME"],
            .. rules.Rules.Select(rule => new[] { rule.Id, rule.Severity.ToString().ToLowerInvariant(), LooksFor(rule), DisplayText.Line(rule.Name) }),
        ];
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => TerminalPage.Columns(row[column])))];
        foreach (var row in rows)
        {
            var isHeading = row == rows[0];
            page.Line(
                (Padded(row[0], widths[0]), isHeading ? _quiet : _id),
                ($"{Padded(row[1], widths[1])}{Padded(row[2], widths[2])}{row[3]}", isHeading ? _quiet : Style.Plain));
        }
    }

    public static void Write(Rule rule, ReportStyle style, Stream output)
    {
        using var page = new TerminalPage(output, style);
        page.Line((rule.Id, _id), ($"  {DisplayText.Line(rule.Name)}", _bold));
        page.Sentences("", DisplayText.Line(rule.Summary), Style.Plain);
        page.BeginSection();
        if (rule.Prefixes.IsEmpty)
        {
            Fact(page, "named", string.Join(", ", rule.Names));
            Fact(page, "or sent to", rule.Host);
        }
        else
        {
            Fact(page, "begins with", string.Join(", ", rule.Prefixes));
        }

        Fact(page, "goes on", rule.Body.Text + (rule.IsRandom ? ", and looks random" : ""));
        Fact(page, "not", string.Join(", ", rule.Allowed.Select(DisplayText.Line)));
        Fact(page, "severity", rule.Severity.ToString().ToLowerInvariant());
        Fact(page, "precision", rule.Precision);
        Fact(page, "proved by", Invariant($"{Counted.Of(rule.Examples.Length, "example")} and {Counted.Of(rule.NearMisses.Length, "counterexample")}"));
        foreach (var paragraph in MarkdownText.Read(DisplayText.Lines(rule.Help)))
        {
            if (paragraph.Marker is "" or "#")
            {
                page.BeginSection();
            }

            page.Sentences(paragraph.Marker is "" or "#" ? "" : $"  {paragraph.Marker} ", paragraph.Text, paragraph.IsHeading ? _bold : Style.Plain);
        }
    }

    private static void Fact(TerminalPage page, string label, string text)
    {
        if (text.Length > 0)
        {
            page.Sentences($"  {label.PadRight(LabelWidth)}", text, Style.Plain);
        }
    }

    private static string LooksFor(Rule rule) => rule.Prefixes.IsEmpty
        ? $"a value named {rule.Names[0]}"
        : string.Join(", ", rule.Prefixes.Take(2).Select(prefix => $"{prefix}…")) + (rule.Prefixes.Length > 2 ? ", …" : "");

    private static string Padded(string text, int width) => text + new string(' ', width - TerminalPage.Columns(text) + 2);
}
