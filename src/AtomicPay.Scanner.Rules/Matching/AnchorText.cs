using System.Collections.Immutable;
using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>An <see cref="Anchor"/> of a prefix before it is made ready to be looked for.</summary>
/// <param name="Text">The text, one character a byte.</param>
/// <param name="IgnoreCase">Whether its letters come in both cases.</param>
/// <param name="Steps">The encodings to undo from there, outermost first.</param>
/// <param name="Before">How many characters of the prefix have to stand before it.</param>
internal sealed record AnchorText(string Text, bool IgnoreCase, ImmutableArray<Step> Steps, int Before = 0)
{
    /// <summary>How far into the text, in bytes, what is to be decoded begins.</summary>
    public int Lead { get; init; }
}
