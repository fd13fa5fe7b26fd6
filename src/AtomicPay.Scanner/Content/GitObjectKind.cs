namespace AtomicPay.Scanner.Content;

/// <summary>The four kinds of object in a git object database, with the numbers that packs give them.</summary>
internal enum GitObjectKind
{
    Commit = 1,
    Tree = 2,
    Blob = 3,
    Tag = 4,
}
