namespace AtomicPay.Scanner.Containers;

/// <summary>
/// A member as its container unpacks it. Damage and exceeded limits end it early instead of throwing, so that what could be
/// unpacked is scanned; <see cref="Failure"/> then says why.
/// </summary>
internal sealed class MemberStream(Stream unpacked, Func<int, string?> take) : Stream
{
    private long _read;

    /// <summary>Why the member ended early, as a sentence without its full stop; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>How many bytes were unpacked.</summary>
    public long BytesRead => _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (Failure is not null)
        {
            return 0;
        }

        int read;
        try
        {
            read = unpacked.Read(buffer);
        }
        // Unpackers throw whatever the damage leads them to, an index out of range as well as an honest format error. Their
        // messages are not passed on: they may quote the content.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failure = e is System.Security.Cryptography.CryptographicException || e.GetType().Name == "CryptographicException"
                ? "is encrypted"
                : "is damaged or cut off; what could be unpacked before the damage was scanned";
            return 0;
        }

        _read += read;
        Failure = take(read);
        return Failure is null ? read : 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
