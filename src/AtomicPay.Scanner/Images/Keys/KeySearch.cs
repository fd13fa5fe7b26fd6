using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>What came of looking for keys on lines.</summary>
/// <param name="Keys">From top to bottom.</param>
/// <param name="IsHinted">Whether anything on the lines was like the beginning of a key, and was none.</param>
/// <param name="HasText">Whether any of the lines is one of text, and not of stones or leaves.</param>
internal readonly record struct KeySearch(ImmutableArray<KeyCandidate> Keys, bool IsHinted, bool HasText);
