namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>A stream that undoes an encoding byte by byte; the streams that use it are short.</summary>
internal abstract class ByteDecoder(Stream encoded) : Stream
{
    private readonly byte[] _buffer = new byte[4096];
    private int _at;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && Next() is >= 0 and var value)
        {
            buffer[read++] = (byte)value;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The next decoded byte; -1 at the end.</summary>
    protected abstract int Next();

    /// <summary>The next encoded byte; -1 at the end.</summary>
    protected int NextEncoded()
    {
        if (_at == _end)
        {
            (_at, _end) = (0, encoded.Read(_buffer));
            if (_end == 0)
            {
                return -1;
            }
        }

        return _buffer[_at++];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            encoded.Dispose();
        }

        base.Dispose(disposing);
    }
}
