using System.Text;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>The characters of a key that stand together in one line.</summary>
/// <param name="Text">The characters, normalised.</param>
/// <param name="End">The first symbol after them.</param>
/// <param name="IsCutOff">An ellipsis, bullets or asterisks follow: this is not all of the key, and on purpose.</param>
internal readonly record struct KeyRun(string Text, int End, bool IsCutOff)
{
    /// <summary>The run that begins at symbol <paramref name="start"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">The first symbol.</param>
    /// <param name="minimum">Up to this many characters, what recognition put in between is passed over if it goes on like a key.</param>
    public static KeyRun From(TextLine line, int start, int minimum)
    {
        var spacing = new SymbolSpacing(line);
        var text = new StringBuilder();
        var at = start;
        for (; at < line.Symbols.Length; at++)
        {
            var character = KeyAlphabet.Normalise(line.Symbols[at].Character);
            var isForeign = !KeyAlphabet.Contains(character);
            if (isForeign || (at > start && spacing.IsSpace(at)))
            {
                if (at == start || text.Length >= minimum || spacing.IsWide(at) || IsMaskAt(line, at, spacing) || !GoesOnLikeKey(line, isForeign ? at + 1 : at, spacing))
                {
                    break;
                }
            }

            if (!isForeign)
            {
                text.Append(character);
            }
        }

        // A mark that was mistaken for a letter or a bracket is the end only if nothing of a key follows it.
        while (at > start && !KeyAlphabet.Contains(line.Symbols[at - 1].Character))
        {
            text.Length -= KeyAlphabet.Contains(KeyAlphabet.Normalise(line.Symbols[at - 1].Character)) ? 1 : 0;
            at--;
        }

        return new KeyRun(text.ToString(), at, IsMaskAt(line, at, spacing));
    }

    // The next few characters stand together and are no word.
    private static bool GoesOnLikeKey(TextLine line, int start, SymbolSpacing spacing)
    {
        var piece = new StringBuilder();
        for (var at = start; at < line.Symbols.Length && (at == start || !spacing.IsSpace(at)); at++)
        {
            var character = KeyAlphabet.Normalise(line.Symbols[at].Character);
            if (!KeyAlphabet.Contains(character))
            {
                break;
            }

            piece.Append(character);
        }

        var text = piece.ToString();
        return text.Any(char.IsAsciiDigit) || KeyBody.CaseChanges(text) > 1;
    }

    private static bool IsMaskAt(TextLine line, int at, SymbolSpacing spacing)
    {
        if (at >= line.Symbols.Length || (at > 0 && spacing.IsWide(at)))
        {
            return false;
        }

        return line.Symbols[at].Character switch
        {
            '…' or '*' or '•' or '·' or '●' or '∙' or '«' or '»' => true,
            '.' => at + 1 < line.Symbols.Length && line.Symbols[at + 1].Character is '.' or '…',
            _ => false,
        };
    }
}
