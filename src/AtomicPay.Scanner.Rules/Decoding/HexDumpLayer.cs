namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes a dump: lines of an offset, hexadecimal digits in groups, and often the same bytes as text (xxd, hexdump -C, od).</summary>
internal sealed class HexDumpLayer : Layer
{
    private const int LongestLine = 320;
    private const int MostBytes = 64;
    private const int UsualBytes = 16;

    private readonly Layer _outer;
    private readonly List<ListElement> _bytes = new(64);
    private int _origin;
    private int _nextLine;

    private HexDumpLayer(Layer outer)
    {
        _outer = outer;
    }

    public override string Name => "hex-dump";

    public override Layer Outer => _outer;

    /// <summary>The dump around an anchor, or null when the anchor does not stand among the digits of one.</summary>
    public static HexDumpLayer? Of(Layer outer, ReadOnlySpan<byte> content, int anchor, Step step)
    {
        var line = LineStart(content, outer, anchor);
        if (line < 0 || Offset(content, outer, line, out _) < 0)
        {
            return null;
        }

        // The line before, because the anchor may be the second half of a prefix that is broken there.
        var dump = new HexDumpLayer(outer);
        var before = LineStart(content, outer, line - 1);
        dump._nextLine = before >= 0 && Offset(content, outer, before, out _) >= 0 ? before : line;
        while (dump._nextLine >= 0 && dump._nextLine <= line)
        {
            dump.ReadLine(content);
        }

        var place = dump._bytes.FindIndex(element => element.Start == anchor);
        dump._origin = place - step.Alignment;
        return place >= 0 ? dump : null;
    }

    public override int At(ReadOnlySpan<byte> content, int index)
    {
        var place = _origin + index;
        while (_bytes.Count <= place && _nextLine >= 0)
        {
            ReadLine(content);
        }

        return place >= 0 && place < _bytes.Count ? _bytes[place].Value : -1;
    }

    public override int StartOf(int index) => _outer.StartOf(_bytes[_origin + index].Start);

    public override int EndOf(int index) => _outer.EndOf(_bytes[_origin + index].End - 1);

    /// <summary>Reads the bytes of one line, and notes where the next one begins.</summary>
    private void ReadLine(ReadOnlySpan<byte> content)
    {
        var line = _nextLine;
        var offset = Offset(content, _outer, line, out var at);
        var next = at;
        while (next - line < LongestLine && _outer.At(content, next) is not ('\n' or -1))
        {
            next++;
        }

        // The offset of the next line tells where the digits of this one end: the text beside them may look like digits too.
        var width = UsualBytes;
        _nextLine = -1;
        if (_outer.At(content, next) == '\n' && Offset(content, _outer, next + 1, out _) is >= 0 and var nextOffset)
        {
            _nextLine = next + 1;
            width = nextOffset - offset is > 0 and <= MostBytes and var difference ? (int)difference : UsualBytes;
        }

        for (var count = 0; count < width; count++)
        {
            var digits = at;
            while (_outer.At(content, digits) is ' ' or '\t')
            {
                digits++;
            }

            var isMiddle = digits - at == 2 && count == UsualBytes / 2 && _outer.At(content, digits + 2) is ' ' or '\r' or '\n';
            if ((count > 0 && digits - at > 1 && !isMiddle) || Escapes.HexAt(content, _outer, digits, 2) is not (>= 0 and var value))
            {
                break;
            }

            _bytes.Add(new(digits, digits + 2, value));
            at = digits + 2;
        }

        if (_bytes.Count > 4 * MostBytes)
        {
            _nextLine = -1;
        }
    }

    private static int LineStart(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index;
        while (layer.At(content, at - 1) is not ('\n' or -1))
        {
            if (index - --at > LongestLine)
            {
                return -1;
            }
        }

        return at;
    }

    /// <summary>The offset that begins a line of a dump, or -1, and the index after it.</summary>
    private static long Offset(ReadOnlySpan<byte> content, Layer layer, int line, out int end)
    {
        var at = line;
        while (at - line < 8 && layer.At(content, at) is ' ' or '\t')
        {
            at++;
        }

        if (layer.At(content, at) == '0' && layer.At(content, at + 1) == 'x')
        {
            at += 2;
        }

        long value = 0;
        var digits = at;
        while (at - digits < 16 && Digits.Hex(layer.At(content, at)) is >= 0 and var digit)
        {
            value = (value << 4) | (uint)digit;
            at++;
        }

        end = layer.At(content, at) == ':' ? at + 1 : at;
        return at - digits >= 4 && layer.At(content, end) is ' ' or '\t' ? value & long.MaxValue : -1;
    }
}
