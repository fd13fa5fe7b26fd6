namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>Finds the word that somebody meant.</summary>
internal static class Spelling
{
    private const int MostEdits = 2;
    private const int LongestWord = 40;

    /// <summary>The known word that differs least, or null when all differ by much.</summary>
    public static string? Closest(string word, IEnumerable<string> known) =>
        word.Length > LongestWord
            ? null
            : known.Select(candidate => (Word: candidate, Edits: Edits(word, candidate)))
                .Where(candidate => candidate.Edits <= MostEdits)
                .OrderBy(candidate => candidate.Edits)
                .Select(candidate => candidate.Word)
                .FirstOrDefault();

    // Levenshtein's distance, without regard to case.
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
