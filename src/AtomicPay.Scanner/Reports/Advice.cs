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

    /// <summary>Pictures are made to be shown.</summary>
    private const string Copy = "To show the picture, share a copy in which the key is covered: atomicpay-scan redact PICTURE -o FOLDER.";

    /// <summary>A commit was refused: how to go on. Nobody has the key yet, or so one hopes.</summary>
    private const string Leaked = "Has anybody else seen the key, or may have? Then revoke or rotate it in the AtomicPay dashboard: taking it out of the commit does not help.";

    /// <summary>How many files a command names; somebody who stages more knows them better than a report does.</summary>
    private const int MostFiles = 3;

    /// <summary>What to do about the keys that a rule found, one thing after the other; in plain text, not yet safe to print.</summary>
    public static IEnumerable<string> Steps(Rule rule, IEnumerable<Place> places, ScanScope scope = ScanScope.Full) =>
        scope == ScanScope.Staged ? StepsBeforeCommit([.. places]) : Steps(rule, places.ToList());

    private static IEnumerable<string> StepsBeforeCommit(IReadOnlyList<Place> places)
    {
        yield return $"Unstage it: git reset -q -- {Files(places)}. Read the key from an environment variable instead, and stage the file again.";
        yield return Leaked;
        yield return places.Any(place => place.Picture is null)
            ? "Is it no key, or may it stay? Allow it: write the comment atomicpay-scan:allow on its line, or list the path in atomicpay-scan.json."
            : "Is it no key, or may it stay? Allow it: list the path in atomicpay-scan.json.";
        if (places.Any(place => place.Picture is not null))
        {
            yield return Copy;
        }
    }

    /// <summary>The files as a shell takes them; a placeholder for too many, and for names that cannot be typed.</summary>
    private static string Files(IEnumerable<Place> places)
    {
        var files = places.Where(place => place.Kind is PlaceKind.Staged or PlaceKind.FileName).Select(place => place.Path.Split("!/")[0]).Distinct().ToList();
        return files.Count is 0 or > MostFiles || files.Exists(file => file.Any(char.IsControl) || DisplayText.Line(file) != file)
            ? "FILE"
            : string.Join(' ', files.Select(Quoted));
    }

    private static string Quoted(string file) =>
        file.All(c => char.IsLetterOrDigit(c) || c is '.' or '/' or '-' or '_') && file[0] != '-' ? file : $"'{file.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static IEnumerable<string> Steps(Rule rule, List<Place> where)
    {
        foreach (var step in rule.Steps)
        {
            yield return step;
        }

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
            yield return Copy;
        }
    }

    /// <summary>For places that show a single paragraph, such as an annotation.</summary>
    public static string InOneParagraph(Finding finding, Redaction redaction) =>
        string.Join(" ", Steps(finding.Rule, new List<Place> { finding.Place }).Select(redaction.Show));

    private static bool IsInHistory(Place place) =>
        place.Exposure is not null || place.Kind is PlaceKind.History or PlaceKind.Unreachable or PlaceKind.CommitMessage
            or PlaceKind.TagMessage or PlaceKind.Note;
}
