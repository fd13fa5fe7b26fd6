using System.Collections.Immutable;

namespace AtomicPay.Scanner.Findings;

/// <summary>One place at which a key lies.</summary>
/// <param name="Path">Relative to the scanned root, forward slashes; archive members as <c>outer.zip!/inner.txt</c>.</param>
/// <param name="Kind">What sort of place it is.</param>
/// <param name="Region">The text region; null for pictures and for names.</param>
/// <param name="Picture">The part of the picture; null for text.</param>
/// <param name="DecodedBy">Containers and encodings that were undone, outermost first.</param>
/// <param name="Exposure">What git says; null outside history.</param>
/// <param name="Confidence">From 0 to 1.</param>
internal sealed record Place(
    string Path,
    PlaceKind Kind,
    Region? Region,
    PictureRegion? Picture,
    ImmutableArray<string> DecodedBy,
    Exposure? Exposure,
    double Confidence)
{
    /// <summary>From which confidence on a reading of a picture counts as sure.</summary>
    public const double SureReading = 0.95;

    /// <summary>What a report for people may show of the picture; null for text, and where no report asked for it.</summary>
    public PicturePreview? Preview { get; init; }

    /// <summary>Whether a comment on the key's line allows it there.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>Whether the key is known to its last character here; in a picture one may be mistaken for its look-alike.</summary>
    public bool IsExact => Picture is null || (Picture.Candidates <= 1 && Confidence >= SureReading);
}
