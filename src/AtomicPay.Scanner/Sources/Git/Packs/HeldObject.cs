using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>An object whose bytes are held because others are deltas on it.</summary>
/// <param name="parent">What it is a delta on itself, so that it can be made again.</param>
/// <param name="entry">Its entry in the pack; for a base from outside of the pack, the entry that names it.</param>
internal sealed class HeldObject(HeldObject? parent, int entry, GitObjectKind kind)
{
    private int _users = 1;

    public HeldObject? Parent => parent;

    public int Entry => entry;

    public GitObjectKind Kind => kind;

    /// <summary>Null when it was dropped to make room.</summary>
    public byte[]? Buffer { get; set; }

    public int Length { get; set; }

    /// <summary>The sink found nothing in it, so that only what is new in its descendants needs to be looked at.</summary>
    public bool IsClean { get; set; }

    /// <summary>A list of its children was given to another thread, which may be reading it now.</summary>
    public bool IsShared => Volatile.Read(ref _users) > 1;

    public void Share() => Interlocked.Increment(ref _users);

    /// <summary>True for the last of its users.</summary>
    public bool Release() => Interlocked.Decrement(ref _users) == 0;
}
