using System.Collections.Immutable;
using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>A part of a rule's prefix, or a name that its keys go by, as it looks in one encoding or in several.</summary>
/// <param name="Rule">The rule whose prefix or name it is.</param>
/// <param name="Prefix">The prefix; empty for a name.</param>
/// <param name="Literal">The bytes to look for.</param>
/// <param name="Steps">The encodings to undo from there, outermost first.</param>
/// <param name="Before">How many characters of the prefix have to stand before it, in another piece of source code.</param>
/// <param name="Lead">How many bytes of the literal stand before what is to be decoded.</param>
internal sealed record Anchor(Rule Rule, string Prefix, Literal Literal, ImmutableArray<Step> Steps, int Before = 0, int Lead = 0);
