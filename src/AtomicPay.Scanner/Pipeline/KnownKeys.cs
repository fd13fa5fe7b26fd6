using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Settles what a picture shows by what is known from elsewhere: of the readings that are plausible, one that also stands in a text, or
/// was read in another picture with certainty, is the key.
/// </summary>
internal static class KnownKeys
{
    // Two keys that look alike are a coincidence that no scan will meet.
    private const double Settled = 0.99;

    public static IReadOnlyCollection<Detection> Settle(IReadOnlyCollection<Detection> detections)
    {
        if (detections.All(static detection => detection.OtherReadings.IsEmpty))
        {
            return detections;
        }

        var known = detections.Where(static detection => detection.OtherReadings.IsEmpty).Select(static detection => detection.Secret).ToHashSet();
        return [.. detections.Select(detection => Settle(detection, known))];
    }

    private static Detection Settle(Detection detection, HashSet<Secret> known)
    {
        var key = detection.OtherReadings.Prepend(detection.Secret).FirstOrDefault(known.Contains);
        return detection.OtherReadings.IsEmpty || key is null
            ? detection
            : detection with { Secret = key, Picture = detection.Picture! with { Candidates = 1 }, Confidence = Settled, OtherReadings = [] };
    }
}
