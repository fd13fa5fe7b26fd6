using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Reports;

/// <summary>What to do about a leaked key: what its rule says, and what follows from where it lies.</summary>
internal static class Advice
{
    /// <summary>True of every key that a commit holds, whatever its rule.</summary>
    private const string History = "Do not rely on deleting the line: git history, clones and forks keep the key.";

    /// <summary>True of every key that was read off a picture.</summary>
    private const string Picture = "Compare a key that was read off a picture with the picture itself: single characters may be misread.";

    /// <summary>What to do about the keys that a rule found, one thing after the other; in plain text, not yet safe to print.</summary>
    public static IEnumerable<string> Steps(Rule rule, IEnumerable<Place> places)
    {
        foreach (var step in rule.Steps)
        {
            yield return step;
        }

        var where = places.ToList();
        if (where.Exists(IsInHistory))
        {
            yield return History;
        }

        // A remote says nothing of who may read it, and only its host is known.
        foreach (var host in where.Select(place => place.Exposure?.RemoteHost).OfType<string>().Distinct())
        {
            yield return $"See who can read the repository on {host}: where it is public, the key is.";
        }

        if (where.Exists(place => place.Picture is not null))
        {
            yield return Picture;
        }
    }

    /// <summary>For places that show a single paragraph, such as an annotation.</summary>
    public static string InOneParagraph(Finding finding, Redaction redaction) =>
        string.Join(" ", Steps(finding.Rule, [finding.Place]).Select(redaction.Show));

    private static bool IsInHistory(Place place) =>
        place.Exposure is not null || place.Kind is PlaceKind.History or PlaceKind.Unreachable or PlaceKind.CommitMessage
            or PlaceKind.TagMessage or PlaceKind.Note;
}
