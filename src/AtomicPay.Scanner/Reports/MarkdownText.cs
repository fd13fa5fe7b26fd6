using System.Text.RegularExpressions;

namespace AtomicPay.Scanner.Reports;

/// <summary>A rule's help, which is Markdown, as paragraphs of plain text. Knows what such help uses: lists, emphasis, code, links.</summary>
internal static partial class MarkdownText
{
    /// <summary>One paragraph, heading or list item.</summary>
    /// <param name="Marker">What stands before it: <c>#</c>, <c>-</c>, <c>1.</c> or nothing.</param>
    /// <param name="Text">Its words on one line.</param>
    public readonly record struct Paragraph(string Marker, string Text)
    {
        public bool IsHeading => Marker == "#";

        public override string ToString() => Marker.Length == 0 || IsHeading ? Text : $"{Marker} {Text}";
    }

    public static IReadOnlyList<Paragraph> Read(string markdown)
    {
        var paragraphs = new List<Paragraph>();
        var continues = false;
        foreach (var raw in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith("```", StringComparison.Ordinal))
            {
                continues = false;
                continue;
            }

            var match = LineStart().Match(line);
            var text = Plain(line[match.Length..]);
            if (match.Length > 0)
            {
                paragraphs.Add(new Paragraph(MarkerOf(match.Groups["marker"].Value), text));
            }
            else if (continues)
            {
                paragraphs[^1] = paragraphs[^1] with { Text = $"{paragraphs[^1].Text} {text}" };
            }
            else
            {
                paragraphs.Add(new Paragraph("", text));
            }

            continues = !paragraphs[^1].IsHeading;
        }

        return paragraphs;
    }

    private static string MarkerOf(string markdown) => markdown[0] switch
    {
        '#' => "#",
        '*' => "-",
        _ => markdown,
    };

    private static string Plain(string text) =>
        Emphasis().Replace(Link().Replace(text, "$1 ($2)"), "");

    [GeneratedRegex(@"^(?<marker>#{1,6}|[-*]|\d{1,2}\.)\s+")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*|`")]
    private static partial Regex Emphasis();
}
