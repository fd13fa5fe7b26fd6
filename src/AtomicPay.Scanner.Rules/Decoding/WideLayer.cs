namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes UTF-16 and UTF-32.</summary>
internal sealed class WideLayer : Layer
{
    private const int LongestText = 160;

    private readonly Layer _outer;
    private readonly int _anchor;
    private readonly int _width;
    private readonly bool _littleEndian;

    private WideLayer(Layer outer, int anchor, int width, bool littleEndian, string name)
    {
        _outer = outer;
        _width = width;
        _littleEndian = littleEndian;

        // The anchor shows the byte that tells; in big-endian text the zeros of its character stand before it.
        _anchor = littleEndian ? anchor : anchor - (width - 1);
        Name = name;
    }

    public override string Name { get; }

    public override Layer Outer => _outer;

    public static WideLayer Utf16(Layer outer, ReadOnlySpan<byte> content, int anchor) =>
        IsLittleEndian(outer, content, anchor, 2)
            ? new(outer, anchor, 2, true, "utf-16le")
            : new(outer, anchor, 2, false, "utf-16be");

    public static WideLayer Utf32(Layer outer, ReadOnlySpan<byte> content, int anchor) =>
        IsLittleEndian(outer, content, anchor, 4)
            ? new(outer, anchor, 4, true, "utf-32le")
            : new(outer, anchor, 4, false, "utf-32be");

    public override int At(ReadOnlySpan<byte> content, int index)
    {
        var first = _anchor + (index * _width);
        long value = 0;
        for (var i = 0; i < _width; i++)
        {
            var part = _outer.At(content, first + (_littleEndian ? _width - 1 - i : i));
            if (part < 0 && i < _width - 1 && _littleEndian && _outer is ContentLayer && _outer.At(content, first) > 0)
            {
                // Cut off after its first byte.
                part = 0;
            }

            if (part is < 0 or > 0xFF)
            {
                return -1;
            }

            value = (value << 8) | (uint)part;
        }

        return value <= 0x10FFFF ? (int)value : -1;
    }

    public override int StartOf(int index) => _outer.StartOf(_anchor + (index * _width));

    public override int EndOf(int index) => _outer.EndOf(_anchor + (index * _width) + _width - 1);

    // Between its zeros ASCII text looks the same in both orders; only its edges tell.
    private static bool IsLittleEndian(Layer outer, ReadOnlySpan<byte> content, int anchor, int width)
    {
        if (!HasZeros(outer, content, anchor - (width - 1), width - 1))
        {
            return true;
        }

        var beginsWithZeros = HasZeros(outer, content, Edge(outer, content, anchor, -width) - (width - 1), width - 1);
        var endsWithZeros = HasZeros(outer, content, Edge(outer, content, anchor, width) + 1, width - 1);
        if (beginsWithZeros != endsWithZeros)
        {
            // A character that is not ASCII ends the zeros before it does.
            return endsWithZeros || (width == 2 && outer is ContentLayer && anchor % width == 0 && IsFollowedByCharacter(outer, content, anchor));
        }

        // In the content the offset tells, which is a multiple of the width when the tell-tale byte comes first. In a decoded run
        // only its beginning can tell: zeros there belong to a character, so the order is big-endian.
        return outer is ContentLayer ? anchor % width != width - 1 : outer.At(content, anchor - width) != -1;
    }

    // Dashes, ellipses, bullets, blocks and the letters of most scripts.
    private static bool IsFollowedByCharacter(Layer outer, ReadOnlySpan<byte> content, int anchor) =>
        outer.At(content, Edge(outer, content, anchor, 2) + 1) is (>= 0x01 and <= 0x06) or (>= 0x20 and <= 0x30) or (>= 0x4E and <= 0x9F) or 0xFF;

    /// <summary>Where, in one direction, the last of the ASCII characters stands that have nothing but zeros between them.</summary>
    private static int Edge(Layer outer, ReadOnlySpan<byte> content, int anchor, int step)
    {
        var at = anchor;
        for (var count = 0; count < LongestText; count++)
        {
            if (outer.At(content, at + step) is not (> 0 and < 0x7F) || !HasZeros(outer, content, Math.Min(at, at + step) + 1, Math.Abs(step) - 1))
            {
                break;
            }

            at += step;
        }

        return at;
    }

    private static bool HasZeros(Layer outer, ReadOnlySpan<byte> content, int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (outer.At(content, from + i) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
