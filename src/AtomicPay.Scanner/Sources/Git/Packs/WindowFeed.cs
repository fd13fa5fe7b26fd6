namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Cuts an object too large to be held into windows that overlap.</summary>
internal sealed class WindowFeed(int windowBytes, int overlap)
{
    private byte[] _buffer = [];
    private int _filled;
    private int _seen;
    private long _offset;

    /// <summary>Takes the windows; may change between objects.</summary>
    public IObjectSink Sink { get; set; } = null!;

    /// <summary>Where the next bytes may be written; never empty.</summary>
    public Span<byte> Room => _buffer.AsSpan(_filled);

    public void Start()
    {
        if (_buffer.Length == 0)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(windowBytes, (2 * overlap) + 1));
        }

        (_filled, _seen, _offset) = (0, 0, 0);
    }

    public void Append(in ObjectHeader header, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Room.Length);
            bytes[..count].CopyTo(Room);
            Advance(header, count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Takes note of bytes that were written to <see cref="Room"/>.</summary>
    public void Advance(in ObjectHeader header, int count)
    {
        _filled += count;
        if (_filled == _buffer.Length)
        {
            Flush(header);
            _buffer.AsSpan(_filled - overlap).CopyTo(_buffer);
            _offset += _filled - overlap;
            (_filled, _seen) = (overlap, overlap);
        }
    }

    /// <summary>Hands on what is left.</summary>
    public void Finish(in ObjectHeader header)
    {
        if (_filled > _seen)
        {
            Flush(header);
        }
    }

    private void Flush(in ObjectHeader header) => Sink.AcceptWindow(header, _buffer.AsSpan(0, _filled), _offset);
}
