using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Finds the line into which a line's last word was wrapped.</summary>
internal static class LineBelow
{
    // In heights of the line: how far its successor may be below, and how ragged the edges of wrapped text are.
    private const double MaximumGap = 1.2;
    private const double MaximumOverlap = 0.4;
    private const double HeightRatio = 1.8;

    // In characters.
    private const double Ragged = 2.5;
    private const int ShortRest = 3;

    private const string ClosingMarks = "'\"”’`,;)}]\\";

    /// <summary>The next line of the same block, if the given one runs to the block's right edge.</summary>
    public static TextLine? Of(TextLine line, ImmutableArray<TextLine> lines)
    {
        TextLine? below = null;
        foreach (var other in lines)
        {
            var gap = other.Box.Top - line.Box.Bottom;
            if (!ReferenceEquals(other, line)
                && gap > -MaximumOverlap * line.Box.Height
                && gap < MaximumGap * line.Box.Height
                && other.Box.Bottom > line.Box.Bottom
                && other.Box.Left < line.Box.Right
                && other.Box.Right > line.Box.Left
                && other.Box.Height < HeightRatio * line.Box.Height
                && (below is null || other.Box.Top < below.Box.Top))
            {
                below = other;
            }
        }

        return below is not null && RunsToEdge(line, below, lines) && ContinuesKey(below) ? below : null;
    }

    // The line that runs to the edge is often just the longest one; then a setting or a sentence follows it.
    private static bool ContinuesKey(TextLine below)
    {
        var run = KeyRun.From(below, 0, 0);
        var isAlone = run.End == below.Symbols.Length;
        if (run.Text.Length == 0 || !(isAlone || below.Symbols[run.End].BeginsWord || ClosingMarks.Contains(below.Symbols[run.End].Character, StringComparison.Ordinal)))
        {
            return false;
        }

        return run.Text.Any(char.IsAsciiDigit) || KeyBody.CaseChanges(run.Text) > 1 || (isAlone && run.Text.Length <= ShortRest);
    }

    private static bool RunsToEdge(TextLine line, TextLine below, ImmutableArray<TextLine> lines)
    {
        if (below.Box.Left > line.Box.Left + (Ragged * line.Advance))
        {
            return false;
        }

        var reach = 8 * line.Box.Height;
        var edge = lines
            .Where(other => Math.Abs(other.Box.Top - line.Box.Top) < reach && other.Box.Left < line.Box.Right)
            .Max(static other => other.Box.Right);
        return line.Box.Right > edge - (Ragged * line.Advance);
    }
}
