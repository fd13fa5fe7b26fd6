namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>ASCIIHexDecode (ISO 32000-2, 7.4.2).</summary>
internal sealed class AsciiHexDecoder(Stream encoded) : ByteDecoder(encoded)
{
    protected override int Next()
    {
        var high = Digit();
        if (high < 0)
        {
            return -1;
        }

        var low = Digit();
        return (high << 4) | Math.Max(0, low);
    }

    private int Digit()
    {
        while (true)
        {
            var c = NextEncoded();
            if (c is -1 or '>')
            {
                return -1;
            }

            if (char.IsAsciiHexDigit((char)c))
            {
                return Convert.ToInt32(((char)c).ToString(), 16);
            }
        }
    }
}
