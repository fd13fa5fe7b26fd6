namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>ASCII85Decode (ISO 32000-2, 7.4.3): five digits of base 85 for four bytes.</summary>
internal sealed class Ascii85Decoder(Stream encoded) : ByteDecoder(encoded)
{
    private uint _group;
    private int _left;
    private bool _ended;

    protected override int Next()
    {
        if (_left == 0)
        {
            ReadGroup();
            if (_left == 0)
            {
                return -1;
            }
        }

        _left--;
        var value = (int)(_group >> 24);
        _group <<= 8;
        return value;
    }

    private void ReadGroup()
    {
        var digits = 0;
        var group = 0UL;
        while (!_ended && digits < 5)
        {
            switch (NextEncoded())
            {
                case -1 or '~':
                    _ended = true;
                    break;
                case 'z' when digits == 0:
                    (_group, _left) = (0, 4);
                    return;
                case >= '!' and <= 'u' and var digit:
                    group = (group * 85) + (uint)(digit - '!');
                    digits++;
                    break;
                default:
                    break;
            }
        }

        // A last group of n digits holds n - 1 bytes, as if filled up with the highest digit.
        _left = Math.Max(0, digits - 1);
        for (; digits < 5; digits++)
        {
            group = (group * 85) + 84;
        }

        _group = (uint)group;
    }
}
