using System.Globalization;

namespace AtomicPay.Scanner.Rules.Tests.Training;

/// <summary>Makes up names of the kinds that people write in code.</summary>
internal static class WrittenNames
{
    public static string Next(Sequence sequence, IReadOnlyList<string> words)
    {
        var parts = Enumerable.Range(0, 2 + sequence.Below(4)).Select(_ => Part(sequence, words)).ToList();
        if (sequence.Below(4) == 0)
        {
            parts.Insert(1 + sequence.Below(parts.Count), Number(sequence));
        }

        return sequence.Below(20) switch
        {
            < 8 => string.Join('_', parts),
            < 11 => string.Concat(parts.Select((part, index) => index == 0 ? part : Capitalised(part))),
            < 13 => string.Concat(parts.Select(Capitalised)),
            < 15 => string.Join('-', parts),
            < 17 => string.Join('_', parts).ToUpperInvariant(),
            < 18 => string.Join('_', parts.Select(Capitalised)),
            _ => string.Concat(parts),
        };
    }

    // Versions and sizes are part of many words: http2, sha256, v1beta2.
    private static string Part(Sequence sequence, IReadOnlyList<string> words)
    {
        var word = sequence.Pick(words);
        return sequence.Below(12) switch
        {
            0 => word + sequence.Below(10).ToString(CultureInfo.InvariantCulture),
            1 when sequence.Below(2) == 0 => word + sequence.Pick(["16", "32", "64", "128", "256", "10", "11", "13", "24", "365"]),
            _ => word,
        };
    }

    private static string Number(Sequence sequence) => sequence.Below(6) switch
    {
        0 => "v" + (1 + sequence.Below(9)).ToString(CultureInfo.InvariantCulture),
        1 => (2015 + sequence.Below(15)).ToString(CultureInfo.InvariantCulture),
        2 => (2015 + sequence.Below(15)).ToString(CultureInfo.InvariantCulture) + sequence.Below(13).ToString("00", CultureInfo.InvariantCulture),
        3 => sequence.Below(1000).ToString(CultureInfo.InvariantCulture),
        _ => sequence.Below(10).ToString(CultureInfo.InvariantCulture),
    };

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
