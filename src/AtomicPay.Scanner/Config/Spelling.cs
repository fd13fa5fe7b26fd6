namespace AtomicPay.Scanner.Config;

/// <summary>What someone who wrote an unknown name may have meant.</summary>
internal static class Spelling
{
    // Longer than every name that is known, shorter than every key.
    private const int LongestShown = 20;

    /// <summary>The end of a sentence about an unknown name: the nearest known one, or all of them when none is near.</summary>
    public static string Advice(string name, IReadOnlyCollection<string> known) =>
        known.MinBy(k => Distance(name, k)) is { } nearest && Distance(name, nearest) <= Math.Max(2, nearest.Length / 2)
            ? $"did you mean '{nearest}'?"
            : $"known are: {string.Join(", ", known)}.";

    /// <summary>A name fit for a message: a long one may be a key that someone put in the wrong place.</summary>
    public static string Shown(string name) => name.Length <= LongestShown ? $"'{name}'" : "This name";

    /// <summary>How many letters to add, leave out or change, whatever their case (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        a = a[..Math.Min(a.Length, LongestShown)].ToLowerInvariant();
        b = b.ToLowerInvariant();
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var change = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, 1 + Math.Min(row[j], diagonal));
            }
        }

        return row[b.Length];
    }
}
