using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>The names of <see cref="PlaceKind"/> that the contract promises to readers of reports.</summary>
internal static class PlaceKindName
{
    public static string Of(PlaceKind kind) => kind switch
    {
        PlaceKind.Worktree => "worktree",
        PlaceKind.Staged => "staged",
        PlaceKind.Index => "index",
        PlaceKind.History => "history",
        PlaceKind.Unreachable => "unreachable",
        PlaceKind.CommitMessage => "commit-message",
        PlaceKind.TagMessage => "tag-message",
        PlaceKind.Note => "note",
        PlaceKind.FileName => "file-name",
        PlaceKind.RefName => "ref-name",
        PlaceKind.GitConfig => "git-config",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
