namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>Undoes the predictors of PNG and TIFF (ISO 32000-2, 7.4.4.4): what was stored is how each byte differs from its neighbours.</summary>
internal sealed class PredictorDecoder : ByteDecoder
{
    private const int FirstOfPng = 10;
    private const int LongestRow = 1 << 24;

    private readonly bool _isPng;
    private readonly int _pixel;
    private byte[] _row;
    private byte[] _above;
    private int _at;
    private int _length;

    /// <param name="encoded">The encoded bytes.</param>
    /// <param name="predictor">2 for TIFF, 10 and above for PNG.</param>
    /// <param name="colors">Components of a sample.</param>
    /// <param name="bits">Bits of a component.</param>
    /// <param name="columns">Samples of a row.</param>
    public PredictorDecoder(Stream encoded, int predictor, int colors, int bits, int columns)
        : base(encoded)
    {
        var rowBits = (long)Math.Max(1, colors) * Math.Max(1, bits) * Math.Max(1, columns);
        if (rowBits > LongestRow)
        {
            throw new InvalidDataException("A row is longer than any page is wide.");
        }

        _isPng = predictor >= FirstOfPng;
        _pixel = Math.Max(1, (Math.Max(1, colors) * Math.Max(1, bits)) / 8);
        _row = new byte[(rowBits + 7) / 8];
        _above = new byte[_row.Length];
    }

    protected override int Next()
    {
        if (_at == _length)
        {
            ReadRow();
            if (_length == 0)
            {
                return -1;
            }
        }

        return _row[_at++];
    }

    private void ReadRow()
    {
        (_row, _above) = (_above, _row);
        (_at, _length) = (0, 0);
        var kind = _isPng ? NextEncoded() : 1;
        while (kind >= 0 && _length < _row.Length && NextEncoded() is >= 0 and var value)
        {
            var left = _length >= _pixel ? _row[_length - _pixel] : 0;
            var up = _above[_length];
            var upLeft = _length >= _pixel ? _above[_length - _pixel] : 0;
            _row[_length++] = (byte)(value + kind switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, upLeft),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        var estimate = left + up - upLeft;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - upLeft));
        return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
}
