namespace AtomicPay.Scanner.Findings;

/// <summary>What sort of place a key was found in; reports name them as the contract does (<c>worktree</c>, <c>commit-message</c>, ...).</summary>
internal enum PlaceKind
{
    Worktree,
    Staged,
    Index,
    History,
    Unreachable,
    CommitMessage,
    TagMessage,
    Note,
    FileName,
    RefName,
    GitConfig,
}
