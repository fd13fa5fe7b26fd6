using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>A path that an object lies at, what sort of place it is, and since when. A message has no path, and what is only staged no since.</summary>
internal sealed record AttributedPlace(string Path, PlaceKind Kind, Exposure? Exposure);
