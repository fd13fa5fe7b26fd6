using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Findings;

/// <summary>One sighting of a key in one content, before it is known which commits and paths hold that content.</summary>
internal sealed record Detection(
    Rule Rule,
    Secret Secret,
    Origin Origin,
    Region? Region,
    PictureRegion? Picture,
    ImmutableArray<string> DecodedBy,
    double Confidence)
{
    /// <summary>Whether a comment on its line allows it.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>What else a picture may show instead of the key, the likeliest first; nothing where the key is certain.</summary>
    public ImmutableArray<Secret> OtherReadings { get; init; } = [];

    /// <summary>What a report for people may show of the picture; null for text, and where no report asked for it.</summary>
    public PreviewSlot? Preview { get; init; }
}
