using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>One recognised line of text, its symbols from left to right.</summary>
internal sealed record TextLine(ImmutableArray<TextSymbol> Symbols)
{
    public PixelBox Box { get; } = Symbols.Select(static symbol => symbol.Box).Aggregate(static (all, box) => all.Union(box));

    /// <summary>The usual distance in pixels from one character to the next: the median over the line.</summary>
    public double Advance { get; } = MedianAdvance(Symbols);

    /// <summary>The line without the strokes of letters that were read a second time, as a mark that lies on both its neighbours.</summary>
    public static TextLine WithoutGhosts(ImmutableArray<TextSymbol> symbols)
    {
        var real = symbols.Where((symbol, at) =>
            char.IsAsciiLetterOrDigit(symbol.Character)
            || symbol.Character is '_' or '-'
            || at == 0
            || at == symbols.Length - 1
            || symbol.BeginsWord
            || symbols[at - 1].Box.Right <= symbol.Box.Left
            || symbols[at + 1].Box.Left >= symbol.Box.Right
            || symbols[at + 1].BeginsWord);
        return new TextLine([.. real]);
    }

    private static double MedianAdvance(ImmutableArray<TextSymbol> symbols)
    {
        if (symbols.Length < 2)
        {
            return symbols[0].Box.Width;
        }

        var distances = symbols.Zip(symbols.Skip(1), static (one, next) => (next.Box.Left + next.Box.Right - one.Box.Left - one.Box.Right) / 2.0).Order().ToArray();
        return Math.Max(1, distances[distances.Length / 2]);
    }
}
