namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>LZWDecode (ISO 32000-2, 7.4.4): codes of 9 to 12 bits, the highest bit first.</summary>
/// <param name="encoded">The encoded bytes.</param>
/// <param name="earlyChange">1 when codes grow one code early, as nearly always; else 0.</param>
internal sealed class LzwDecoder(Stream encoded, int earlyChange) : ByteDecoder(encoded)
{
    private const int Clear = 256;
    private const int EndOfData = 257;
    private const int MostCodes = 4096;

    private readonly short[] _prefix = new short[MostCodes];
    private readonly byte[] _last = new byte[MostCodes];
    private readonly byte[] _output = new byte[MostCodes];
    private int _outputAt = MostCodes;
    private int _codes = EndOfData + 1;
    private int _previous = -1;
    private int _bits;
    private int _bitCount;

    protected override int Next()
    {
        while (_outputAt == MostCodes)
        {
            var code = ReadCode();
            if (code is -1 or EndOfData)
            {
                return -1;
            }

            if (code == Clear)
            {
                (_codes, _previous) = (EndOfData + 1, -1);
            }
            else
            {
                Expand(code);
            }
        }

        return _output[_outputAt++];
    }

    private int ReadCode()
    {
        var width = (_codes + earlyChange) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        while (_bitCount < width)
        {
            var next = NextEncoded();
            if (next < 0)
            {
                return -1;
            }

            _bits = ((_bits << 8) | next) & 0xFFFFFF;
            _bitCount += 8;
        }

        _bitCount -= width;
        return (_bits >> _bitCount) & ((1 << width) - 1);
    }

    private void Expand(int code)
    {
        // A code may name the entry that it is itself about to make: the previous one and its first byte again.
        var isNew = code == _codes && _previous >= 0;
        if (code > _codes || (code == _codes && !isNew))
        {
            throw new InvalidDataException("A code names an entry that there is not yet.");
        }

        var first = FirstOf(isNew ? _previous : code);
        if (_previous >= 0 && _codes < MostCodes)
        {
            _prefix[_codes] = (short)_previous;
            _last[_codes] = first;
            _codes++;
        }

        _previous = code;
        for (; code > EndOfData; code = _prefix[code])
        {
            _output[--_outputAt] = _last[code];
        }

        _output[--_outputAt] = (byte)code;
    }

    private byte FirstOf(int code)
    {
        while (code > EndOfData)
        {
            code = _prefix[code];
        }

        return (byte)code;
    }
}
