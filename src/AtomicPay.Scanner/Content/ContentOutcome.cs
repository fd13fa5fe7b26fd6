using System.Collections.Immutable;

namespace AtomicPay.Scanner.Content;

/// <summary>What a sink made of a content.</summary>
/// <param name="IsNotable">Whether the content, or something packed in it, is told of: a key, a suppressed one, or what could not be read.</param>
/// <param name="Tally">What it counted for.</param>
/// <param name="Pictures">The SHA-256 of every picture that was met in it, in hexadecimal; null when there was none.</param>
internal readonly record struct ContentOutcome(bool IsNotable, ContentTally Tally, ImmutableList<string>? Pictures)
{
    public static ContentOutcome operator +(ContentOutcome left, ContentOutcome right) => left.Add(right);

    public ContentOutcome Add(ContentOutcome other) => new(
        IsNotable || other.IsNotable,
        Tally + other.Tally,
        other.Pictures is null ? Pictures : (Pictures ?? []).AddRange(other.Pictures));
}
