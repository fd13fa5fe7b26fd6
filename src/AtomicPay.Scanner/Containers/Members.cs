namespace AtomicPay.Scanner.Containers;

/// <summary>Where a format puts what it finds in one container; holds it to the limits.</summary>
internal sealed class Members(IMemberSink sink, ContainerBudget budget, long packedBytes)
{
    private readonly long _mostBytes = Math.Max(budget.Limits.AlwaysAllowed, packedBytes * budget.Limits.Ratio);
    private long _unpacked;
    private bool _isOver;

    /// <summary>Whether a limit was exceeded, so that the format need not go on. It is reported already.</summary>
    public bool IsOver => _isOver || budget.IsSpent;

    /// <summary>Whether the sink is at work, or failed at it: what is thrown then is no damage of the container.</summary>
    public bool IsHandingOn { get; private set; }

    /// <summary>Whether a picture that lies there as bare pixels is worth making.</summary>
    public bool WantsPictures => sink.WantsPictures;

    /// <summary>Hands on a member.</summary>
    /// <param name="path">As written in the container; empty for a format that only compresses.</param>
    /// <param name="content">The member unpacked.</param>
    /// <param name="length">How many bytes the container says that it has; null when it does not say.</param>
    public void Add(string path, Stream content, long? length = null) => Add(path, content, length, isAgain: false);

    /// <summary>Hands on a member that is at hand unpacked.</summary>
    public void Add(string path, ReadOnlySpan<byte> content, long? length = null) => Add(path, content, length, isAgain: false);

    /// <summary>Hands on what shows, in another form, what members before it may have shown: a key told of there is not told again.</summary>
    public void AddAgain(string path, Stream content) => Add(path, content, length: null, isAgain: true);

    /// <summary>Hands on what shows, in another form, what members before it may have shown: a key told of there is not told again.</summary>
    public void AddAgain(string path, ReadOnlySpan<byte> content) => Add(path, content, length: null, isAgain: true);

    /// <summary>Tells of a member that cannot be unpacked.</summary>
    public void Skip(string path, string reason)
    {
        if (!IsOver)
        {
            sink.Skip(path, reason);
        }
    }

    /// <summary>Tells of the container itself that it, or the rest of it, cannot be unpacked.</summary>
    public void Skip(string reason) => Skip("", reason);

    private void Add(string path, Stream content, long? length, bool isAgain)
    {
        if (IsOver)
        {
            return;
        }

        if (budget.TakeMember() is { } tooMany)
        {
            End(tooMany);
            return;
        }

        var ofMember = 0L;
        using var stream = new MemberStream(content, Take);
        IsHandingOn = true;
        sink.Accept(path, stream, isAgain);
        IsHandingOn = false;
        if (stream.Failure is { } failure)
        {
            // A limit of the whole container was told of it when it was exceeded.
            if (!IsOver)
            {
                sink.Skip(path, failure);
            }
        }
        else if (stream.BytesRead < length)
        {
            sink.Skip(path, $"is cut off: {stream.BytesRead} of {length} bytes could be unpacked and were scanned");
        }

        string? Take(int count)
        {
            ofMember += count;
            _unpacked += count;
            if (budget.TakeBytes(count) is { } tooMuch)
            {
                return End(tooMuch);
            }

            if (_unpacked > _mostBytes)
            {
                return End($"unpacks to more than {budget.Limits.Ratio} times its size, as only a bomb does; the rest of it was not scanned");
            }

            return ofMember > budget.Limits.MemberBytes
                ? $"unpacks to more than {ByteText.Of(budget.Limits.MemberBytes)}, which is the most that is read of one member; the rest of it was not scanned"
                : null;
        }
    }

    private unsafe void Add(string path, ReadOnlySpan<byte> content, long? length, bool isAgain)
    {
        // An empty span has no address that a stream could be made of.
        if (content.IsEmpty)
        {
            Add(path, Stream.Null, length, isAgain);
            return;
        }

        fixed (byte* start = content)
        {
            using var stream = new UnmanagedMemoryStream(start, content.Length);
            Add(path, stream, length, isAgain);
        }
    }

    private string End(string reason)
    {
        _isOver = true;
        sink.Skip("", reason);
        return reason;
    }
}
