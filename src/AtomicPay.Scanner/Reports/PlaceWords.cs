using System.Collections.Immutable;
using System.Globalization;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>Says in words where a key lies and what is known about it.</summary>
internal sealed class PlaceWords(Redaction redaction)
{
    private const int AbbreviatedId = 7;

    /// <summary>The path, safe to print; for a place that has none, what it is.</summary>
    public string Path(Place place) => place switch
    {
        { Path.Length: > 0 } => redaction.Show(place.Path),
        { Kind: PlaceKind.CommitMessage, Exposure.Commit: { } commit } => $"commit {Short(commit)}",
        { Kind: PlaceKind.TagMessage, Exposure.Refs: { IsDefaultOrEmpty: false } refs } => $"tag {RefName(refs[0])}",
        { Exposure.Commit: { } commit } => $"{PlaceKindName.Of(place.Kind)} {Short(commit)}",
        _ => PlaceKindName.Of(place.Kind),
    };

    /// <summary>The path with line and column, in the form that terminals and editors make clickable.</summary>
    public string Clickable(Place place) => place is { Path.Length: > 0, Region: { } region }
        ? string.Create(CultureInfo.InvariantCulture, $"{Path(place)}:{region.StartLine}:{region.StartColumn}")
        : Path(place);

    /// <summary>Phrases that follow one another: which part of the material, how a picture was read, what had to be undone.</summary>
    public IEnumerable<string> Phrases(Place place)
    {
        yield return OriginPhrase(place);
        if (DeliveredPath.WordsFor(place.Path) is { } delivered)
        {
            yield return delivered;
        }

        if (place.Picture is { } picture)
        {
            yield return PicturePhrase(picture, place.Confidence);
        }

        if (!place.DecodedBy.IsDefaultOrEmpty)
        {
            yield return $"inside {string.Join(", ", place.DecodedBy.Select(redaction.Show))}";
        }
    }

    private static string Short(ObjectId id) => id.ToString()[..AbbreviatedId];

    private static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string PicturePhrase(PictureRegion picture, double confidence)
    {
        var read = string.Create(
            CultureInfo.InvariantCulture,
            $"at {picture.X},{picture.Y} in the picture ({picture.Width}×{picture.Height} px), read with {Math.Floor(confidence * 100):0} % confidence");
        if (picture.Candidates > 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{read}; {picture.Candidates} readings are plausible");
        }

        return confidence < Place.SureReading ? $"{read}; the reading may be off" : read;
    }

    private string OriginPhrase(Place place)
    {
        var exposure = place.Exposure;
        return place.Kind switch
        {
            PlaceKind.Worktree => "in the working tree" + AlsoInHistory(exposure),
            PlaceKind.Staged => "staged for the next commit" + AlsoInHistory(exposure),
            PlaceKind.Index => "in the index" + AlsoInHistory(exposure),
            PlaceKind.History => HistoryPhrase(exposure),
            PlaceKind.Unreachable => "in an object that no branch or tag reaches any more" + Since(exposure, ", "),
            PlaceKind.CommitMessage => CommitMessagePhrase(place),
            PlaceKind.TagMessage => "in the tag's message" + (exposure?.Date is { } date ? $", {Day(date)}" : ""),
            PlaceKind.Note => "in a git note" + Since(exposure, ", "),
            PlaceKind.FileName => "in the file's name" + Since(exposure, ", "),
            PlaceKind.RefName => "in the name of a ref" + Since(exposure, ", "),
            PlaceKind.GitConfig => "in git's own files, which are not committed",
            _ => throw new ArgumentOutOfRangeException(nameof(place), place.Kind, message: null),
        };
    }

    private string HistoryPhrase(Exposure? exposure)
    {
        if (exposure is null)
        {
            return "in history";
        }

        if (exposure.InHead)
        {
            return "in history" + Since(exposure, " ") + ", still in HEAD";
        }

        return exposure.RemovedIn is { } removed
            ? $"only in history{Since(exposure, ", ")}, removed in {Short(removed)}"
            : $"only in history{Since(exposure, ", ")}, not in HEAD{On(exposure.Refs)}";
    }

    /// <summary>Names the commit only where <see cref="Path"/> does not.</summary>
    private static string CommitMessagePhrase(Place place)
    {
        var message = place switch
        {
            { Path.Length: 0, Exposure.Commit: not null } => "in the commit message",
            { Exposure.Commit: { } commit } => $"in the message of commit {Short(commit)}",
            _ => "in a commit message",
        };
        return place.Exposure?.Date is { } date ? $"{message}, {Day(date)}" : message;
    }

    /// <summary>As git's own commands abbreviate it.</summary>
    private string RefName(string fullName)
    {
        string[] namespaces = ["refs/heads/", "refs/tags/", "refs/remotes/"];
        var start = Array.Find(namespaces, prefix => fullName.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        return redaction.Show(fullName[start.Length..]);
    }

    private string On(ImmutableArray<string> refs)
    {
        if (refs.IsDefaultOrEmpty)
        {
            return "";
        }

        var first = RefName(refs[0]);
        return refs.Length == 1 ? $" but on {first}" : string.Create(CultureInfo.InvariantCulture, $" but on {first} and {refs.Length - 1} more");
    }

    private static string AlsoInHistory(Exposure? exposure) =>
        exposure?.Commit is null ? "" : " and in history" + Since(exposure, " ");

    private static string Since(Exposure? exposure, string before) => exposure switch
    {
        { Commit: { } commit, Date: { } date } => $"{before}since {Day(date)} in commit {Short(commit)}",
        { Commit: { } commit } => $"{before}since commit {Short(commit)}",
        { Date: { } date } => $"{before}since {Day(date)}",
        _ => "",
    };
}
