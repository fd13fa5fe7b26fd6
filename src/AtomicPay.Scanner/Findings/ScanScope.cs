namespace AtomicPay.Scanner.Findings;

/// <summary>Which part of the material a scan was asked for. Code scanning closes the alerts that a later report of the same scope no longer has.</summary>
internal enum ScanScope
{
    /// <summary>Everything under the roots: files and, where there is one, the whole object database.</summary>
    Full,

    /// <summary>Files only.</summary>
    Worktree,

    /// <summary>The object database only.</summary>
    History,

    /// <summary>What is staged for the next commit.</summary>
    Staged,

    /// <summary>What the commits of a range bring.</summary>
    Range,
}
