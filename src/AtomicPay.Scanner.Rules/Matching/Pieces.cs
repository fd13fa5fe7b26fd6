namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>What to look for where source code or markup breaks a prefix in two.</summary>
internal static class Pieces
{
    // Shorter beginnings and ends of a prefix turn up everywhere.
    private const int ShortestBeginning = 3;
    private const int ShortestEnd = 4;

    /// <summary>What may follow the first piece: quotes, continuations, tags, kerning, colours, soft breaks, invisible characters.</summary>
    private const string Breaks = "\"'`\\^<)=$#{\u001b&%\u00e2\u00c2\u00ef\u00ad";

    /// <summary>The beginnings of the prefix with what breaks them off, and where those are too short, the ends.</summary>
    public static IEnumerable<AnchorText> Of(string prefix)
    {
        var stem = prefix.TakeWhile(char.IsAsciiLetterOrDigit).Count();
        for (var length = 1; length < prefix.Length; length++)
        {
            if (length >= ShortestBeginning && length < stem)
            {
                foreach (var end in Breaks)
                {
                    yield return new(prefix[..length] + end, false, []);
                }
            }
            else if (length < ShortestBeginning && prefix.Length - length >= ShortestEnd)
            {
                yield return new(prefix[length..], false, [], length);
            }
        }
    }
}
