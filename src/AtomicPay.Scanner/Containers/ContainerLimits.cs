namespace AtomicPay.Scanner.Containers;

/// <summary>How much is unpacked before a content is taken for a bomb. Real archives stay far below; what is above is reported.</summary>
internal sealed record ContainerLimits
{
    /// <summary>Containers within containers.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Members of one outermost content, those of nested containers included.</summary>
    public int Members { get; init; } = 1_000_000;

    /// <summary>Bytes unpacked from one outermost content, those of nested containers included.</summary>
    public long TotalBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of one member.</summary>
    public long MemberBytes { get; init; } = 4L << 30;

    /// <summary>How many bytes a container may unpack to for each of its own.</summary>
    public int Ratio { get; init; } = 300;

    /// <summary>Bytes that any container may unpack to, whatever its ratio: a small file of zeros harms nobody.</summary>
    public long AlwaysAllowed { get; init; } = 64L << 20;
}
