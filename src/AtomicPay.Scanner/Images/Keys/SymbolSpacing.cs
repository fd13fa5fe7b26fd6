using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Tells the spaces that are in the picture from those that recognition puts inside a key.</summary>
internal readonly struct SymbolSpacing(TextLine line)
{
    // In shares of the distance from one character to the next. A lost underscore leaves a gap of one character.
    private const double SpaceGap = 0.55;
    private const double SpaceStep = 1.45;
    private const double WideGap = 1.8;
    private const double LostGap = 0.8;
    private const double LostStep = 1.7;

    /// <summary>There is a real space before the symbol.</summary>
    public bool IsSpace(int at) =>
        Gap(at) > WideGap * line.Advance || (line.Symbols[at].BeginsWord && Gap(at) > SpaceGap * line.Advance && Step(at) > SpaceStep * line.Advance);

    /// <summary>The gap before the symbol is wider than one lost character.</summary>
    public bool IsWide(int at) => Gap(at) > WideGap * line.Advance;

    /// <summary>There is room for a character before the symbol, although recognition saw neither one nor a space.</summary>
    public bool HasLostCharacter(int at) => Gap(at) > LostGap * line.Advance && Step(at) > LostStep * line.Advance;

    private int Gap(int at) => line.Symbols[at].Box.Left - line.Symbols[at - 1].Box.Right;

    private double Step(int at)
    {
        var one = line.Symbols[at - 1].Box;
        var next = line.Symbols[at].Box;
        return (next.Left + next.Right - one.Left - one.Right) / 2.0;
    }
}
