namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes lists of character codes or of characters: <c>6174</c>, <c>0x61, 0x74</c>, <c>[97,116]</c>, <c>'a', 't'</c>, <c>Chr(97) &amp; Chr(116)</c>.</summary>
/// <param name="outer">What holds the list.</param>
/// <param name="anchor">Where the element at index 0, or the one as far in as the step says, stands.</param>
/// <param name="step">How the list is written.</param>
internal sealed class ListLayer(Layer outer, int anchor, Step step) : Layer
{
    private const int WidestBlank = 40;

    // A shorter line of digits is complete, and the next one begins something else.
    private const int ShortestLine = 40;

    private const int LongestSeparator = 24;

    private readonly List<ListElement> _after = [];
    private readonly List<ListElement> _before = [];
    private string? _separator = step.Separator == Step.AnySeparator ? null : step.Separator;

    public override string Name => step.Encoding switch
    {
        Encoding.Hex => "hex",
        Encoding.Decimal => "character-codes",
        _ => "character-list",
    };

    public override Layer Outer => outer;

    public override int At(ReadOnlySpan<byte> content, int index) => Element(content, index - step.Alignment).Value;

    public override int StartOf(int index) => outer.StartOf(Known(index - step.Alignment).Start);

    public override int EndOf(int index) => outer.EndOf(Known(index - step.Alignment).End - 1);

    private ListElement Known(int index) => index >= 0 ? _after[index] : _before[-1 - index];

    private ListElement Element(ReadOnlySpan<byte> content, int index)
    {
        if (index >= 0)
        {
            while (_after.Count <= index && (_after.Count == 0 || _after[^1].Value >= 0))
            {
                _after.Add(_after.Count == 0 ? Read(content, anchor) : Next(content, _after[^1].End));
            }

            return index < _after.Count ? _after[index] : ListElement.None;
        }

        while (_before.Count < -index && (_before.Count == 0 || _before[^1].Value >= 0))
        {
            _before.Add(Previous(content, _before.Count == 0 ? anchor : _before[^1].Start));
        }

        return -1 - index < _before.Count ? _before[-1 - index] : ListElement.None;
    }

    private ListElement Read(ReadOnlySpan<byte> content, int at)
    {
        switch (step.Encoding)
        {
            case Encoding.Hex:
                return new(at, at + 2, Escapes.HexAt(content, outer, at, 2));
            case Encoding.Decimal:
                var end = at;
                var value = 0;
                while (end - at < 4 && outer.At(content, end) is >= '0' and <= '9' and var digit)
                {
                    value = (value * 10) + digit - '0';
                    end++;
                }

                return end > at && value <= 0xFF ? new(at, end, value) : ListElement.None;
            default:
                return new(at, at + 1, outer.At(content, at));
        }
    }

    private ListElement Next(ReadOnlySpan<byte> content, int end)
    {
        _separator ??= SeparatorAt(content, end);
        if (_separator.Length == 0)
        {
            return Escapes.HexAt(content, outer, end, 2) >= 0 ? Read(content, end)
                : NextLine(content, end) is >= 0 and var next ? Read(content, next)
                : ListElement.None;
        }

        var at = end;
        if (_separator != Step.Blank)
        {
            foreach (var c in _separator)
            {
                at = Blanks(content, at, 1);
                if (!IsSame(outer.At(content, at), c))
                {
                    return ListElement.None;
                }

                at++;
            }
        }

        return Read(content, Blanks(content, at, 1));
    }

    private ListElement Previous(ReadOnlySpan<byte> content, int start)
    {
        var at = start - 1;
        _separator ??= SeparatorAt(content, _after[0].End);
        if (_separator.Length > 0)
        {
            at = Blanks(content, at, -1);
            for (var i = _separator.Length - 1; i >= 0 && _separator != Step.Blank; i--)
            {
                if (!IsSame(outer.At(content, at), _separator[i]))
                {
                    return ListElement.None;
                }

                at = Blanks(content, at - 1, -1);
            }
        }

        var first = at;
        switch (step.Encoding)
        {
            case Encoding.Hex:
                first--;
                break;
            case Encoding.Decimal:
                while (at - first < 3 && outer.At(content, first - 1) is >= '0' and <= '9')
                {
                    first--;
                }

                break;
        }

        var read = Read(content, first);
        return read.End == at + 1 ? read : ListElement.None;
    }

    /// <summary>What stands after one element and before the next, without its blanks.</summary>
    private string SeparatorAt(ReadOnlySpan<byte> content, int end)
    {
        Span<char> separator = stackalloc char[LongestSeparator];
        var length = 0;
        for (var at = end; length < LongestSeparator; at++)
        {
            var c = outer.At(content, at);
            if (IsElement(content, at, separator[..length]))
            {
                return length == 0 ? Step.Blank : separator[..length].ToString();
            }

            if (c is < ' ' or > '~' && c is not ('\t' or '\r' or '\n'))
            {
                break;
            }

            if (c > ' ')
            {
                separator[length++] = (char)c;
            }
        }

        // Nothing follows: a separator that no content holds.
        return "\0";
    }

    private bool IsElement(ReadOnlySpan<byte> content, int at, ReadOnlySpan<char> before) =>
        step.Encoding == Encoding.Characters
            ? before.Length > 1 && before[^1] == before[0] && before[0] is '\'' or '"'
            : Read(content, at).Value >= 0;

    // Quotes keep the blanks between them; outside of them a list may be wrapped at will.
    private int Blanks(ReadOnlySpan<byte> content, int at, int direction)
    {
        var end = at;
        while ((end - at) * direction < WidestBlank
            && (outer.At(content, end) is ' ' or '\t' or '\r' or '\n' || (outer.At(content, end) == '\\' && outer.At(content, end + 1) is '\r' or '\n')))
        {
            end += direction;
        }

        return end;
    }

    /// <summary>Where a run of digits goes on after the line break at <paramref name="end"/>, or -1.</summary>
    private int NextLine(ReadOnlySpan<byte> content, int end)
    {
        var next = LineBreak.Skip(content, outer, end);
        var line = 0;
        while (next >= 0 && line < ShortestLine && Digits.Hex(outer.At(content, end - 1 - line)) >= 0)
        {
            line++;
        }

        return line == ShortestLine && Escapes.HexAt(content, outer, next, 2) >= 0 ? next : -1;
    }

    private static bool IsSame(int c, char expected) => c == expected || (char.IsAsciiLetter(expected) && (c | 0x20) == (expected | 0x20));
}
