using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>Puts together lines that were taken apart in the middle, as happens in photographs, where lines are not level.</summary>
internal static class SplitLines
{
    // In distances from one character to the next: a wider gap is one between columns. Boxes at a cut may also lie on each other.
    private const double MaximumGap = 1.2;
    private const double MaximumOverlap = 0.5;

    public static ImmutableArray<TextLine> Join(ImmutableArray<TextLine> lines)
    {
        var rest = lines.OrderBy(static line => line.Box.Left).ToList();
        var joined = ImmutableArray.CreateBuilder<TextLine>();
        while (rest.Count > 0)
        {
            var line = rest[0];
            rest.RemoveAt(0);
            for (var at = rest.FindIndex(other => Follows(line, other)); at >= 0; at = rest.FindIndex(other => Follows(line, other)))
            {
                line = new TextLine([.. line.Symbols, .. rest[at].Symbols]);
                rest.RemoveAt(at);
            }

            joined.Add(line);
        }

        return joined.ToImmutable();
    }

    private static bool Follows(TextLine line, TextLine other)
    {
        var end = line.Symbols[^1].Box;
        var start = other.Symbols[0].Box;
        var gap = start.Left - end.Right;
        var middle = (start.Top + start.Bottom) / 2;
        return gap < MaximumGap * line.Advance && gap > -MaximumOverlap * line.Advance && middle > end.Top && middle < end.Bottom;
    }
}
