using System.Collections.Immutable;

namespace AtomicPay.Scanner.Images;

/// <summary>What a picture told.</summary>
/// <param name="Keys">The keys, from the first frame to the last and from top to bottom.</param>
/// <param name="Incomplete">Why the picture, or a part of it, could not be read, as a sentence without its full stop; null when all of it was.</param>
internal sealed record PictureReading(ImmutableArray<KeyReading> Keys, string? Incomplete);
