namespace AtomicPay.Scanner.Config;

/// <summary>A range of commits as the user typed it.</summary>
/// <param name="Base">What is left out, with all that it reaches; all zeros, as git says of a new branch, for what other branches reach.</param>
/// <param name="Head">What is scanned, with all that it reaches.</param>
/// <param name="FromMergeBase">Whether not BASE itself is left out but the last commit that both have.</param>
internal sealed record RevisionRange(string Base, string Head, bool FromMergeBase)
{
    /// <summary>
    /// Reads <c>BASE..HEAD</c> or <c>BASE...HEAD</c>; null for anything else. git takes an empty side for HEAD; here it is more
    /// often a variable that a script forgot to set, and <c>HEAD..HEAD</c> would pass for clean.
    /// </summary>
    public static RevisionRange? Parse(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots <= 0)
        {
            return null;
        }

        var isMergeBase = text.AsSpan(dots).StartsWith("...");
        var head = text[(dots + (isMergeBase ? 3 : 2))..];
        return head.Length == 0 || head.Contains("..", StringComparison.Ordinal) ? null : new RevisionRange(text[..dots], head, isMergeBase);
    }
}
