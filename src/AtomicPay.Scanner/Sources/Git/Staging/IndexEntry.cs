namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>An entry of an index file. Path and id are offsets, as of tens of thousands of entries only the changed ones are looked at.</summary>
/// <param name="PathStart">Offset of the path in <see cref="IndexFile"/>'s paths.</param>
/// <param name="PathLength">Bytes.</param>
/// <param name="IdStart">Offset of the object id in <see cref="IndexFile"/>'s ids.</param>
/// <param name="Mode">As in trees: file, link, submodule, or, in a sparse index, a whole folder.</param>
/// <param name="Stage">0; 1 to 3 for a path in conflict.</param>
/// <param name="IsIntentToAdd">Whether only the path was announced, by <c>git add --intent-to-add</c>.</param>
internal readonly record struct IndexEntry(int PathStart, int PathLength, int IdStart, uint Mode, byte Stage, bool IsIntentToAdd)
{
    private const uint KindMask = 0xF000;

    public bool IsSubmodule => (Mode & KindMask) == 0xE000;

    public bool IsLink => (Mode & KindMask) == 0xA000;

    public bool IsFolder => (Mode & KindMask) == 0x4000;
}
