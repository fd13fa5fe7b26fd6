using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>A set of object kinds; the bits are those that <see cref="GitObjectKind"/> numbers.</summary>
[Flags]
internal enum ObjectKinds
{
    None = 0,
    Commits = 1 << GitObjectKind.Commit,
    Trees = 1 << GitObjectKind.Tree,
    Blobs = 1 << GitObjectKind.Blob,
    Tags = 1 << GitObjectKind.Tag,
    All = Commits | Trees | Blobs | Tags,
}
