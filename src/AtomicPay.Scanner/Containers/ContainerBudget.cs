namespace AtomicPay.Scanner.Containers;

/// <summary>What one outermost content may still unpack to. It is read by one thread, nested containers included.</summary>
internal sealed class ContainerBudget(ContainerLimits limits)
{
    private int _members;
    private long _bytes;

    public ContainerLimits Limits => limits;

    /// <summary>How many containers are open at this moment.</summary>
    public int Depth { get; set; }

    /// <summary>Whether nothing more may be unpacked from this outermost content.</summary>
    public bool IsSpent => _members > limits.Members || _bytes > limits.TotalBytes;

    /// <summary>Takes one member; null, or why there may be no more.</summary>
    public string? TakeMember() => ++_members > limits.Members
        ? $"holds more than {limits.Members} members, which is the most that is unpacked; the rest of it was not scanned"
        : null;

    /// <summary>Takes bytes that were unpacked; null, or why there may be no more.</summary>
    public string? TakeBytes(int count) => (_bytes += count) > limits.TotalBytes
        ? $"unpacks to more than {ByteText.Of(limits.TotalBytes)}, which is the most that is unpacked from one file; the rest of it was not scanned"
        : null;
}
