namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>A piece of work that any thread may take.</summary>
internal abstract record Work
{
    private Work()
    {
    }

    /// <summary>A pack to be opened.</summary>
    public sealed record Pack(string Path) : Work;

    /// <summary>A folder of loose objects whose names begin with the same two digits.</summary>
    public sealed record LooseFolder(string Path) : Work;

    /// <summary>A list of entries with all that are deltas on them; without a base they are roots.</summary>
    public sealed record Trees(PackForest Forest, HeldObject? Base, int First) : Work;
}
