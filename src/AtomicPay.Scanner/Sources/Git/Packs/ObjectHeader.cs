using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>What is known of an object beside its content. Its id is made only when asked for.</summary>
internal readonly ref struct ObjectHeader
{
    private readonly ReadOnlySpan<byte> _name;

    public ObjectHeader(ReadOnlySpan<byte> name, GitObjectKind kind, long size)
    {
        _name = name;
        Kind = kind;
        Size = size;
    }

    public GitObjectKind Kind { get; }

    /// <summary>Bytes of the whole content.</summary>
    public long Size { get; }

    public ObjectId Id => new(_name);
}
