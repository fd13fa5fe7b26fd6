namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>RunLengthDecode (ISO 32000-2, 7.4.5).</summary>
internal sealed class RunLengthDecoder(Stream encoded) : ByteDecoder(encoded)
{
    private const int EndOfData = 128;

    private int _copies;
    private int _repeats;
    private int _repeated;

    protected override int Next()
    {
        if (_copies == 0 && _repeats == 0)
        {
            var length = NextEncoded();
            if (length is -1 or EndOfData)
            {
                return -1;
            }

            if (length < EndOfData)
            {
                _copies = length + 1;
            }
            else
            {
                _repeats = 257 - length;
                _repeated = NextEncoded();
            }
        }

        if (_copies > 0)
        {
            _copies--;
            return NextEncoded();
        }

        _repeats--;
        return _repeated;
    }
}
