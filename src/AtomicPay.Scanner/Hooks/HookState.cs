namespace AtomicPay.Scanner.Hooks;

/// <summary>What stands where git looks for a hook.</summary>
internal enum HookState
{
    Absent,
    Ours,

    /// <summary>Written by somebody else, so nothing that may be overwritten or deleted.</summary>
    Foreign,
}
