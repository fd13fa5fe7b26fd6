namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes base64 in either alphabet, across the line breaks of wrapped text.</summary>
internal sealed class Base64Layer : Layer
{
    // Text is wrapped at 64 or 76 by convention and at other widths by hand; below this a second line is a coincidence.
    private const int ShortestLine = 40;
    private const int LongestLine = 256;
    private const int DeepestIndent = 32;

    private readonly Layer _outer;
    private readonly int _anchor;
    private readonly int _alignment;
    private readonly int _firstDigit;
    private readonly List<int> _places = new(64);
    private bool _ended;

    public Base64Layer(Layer outer, int anchor, int alignment)
    {
        _outer = outer;
        _anchor = anchor;
        _alignment = alignment;

        // The anchor leaves out the digit that it would share with the byte before it.
        _firstDigit = alignment switch { 0 => 0, 1 => 2, _ => 3 };
    }

    public override string Name => "base64";

    public override Layer Outer => _outer;

    public override int At(ReadOnlySpan<byte> content, int index)
    {
        var (first, shift) = DigitOf(index);
        var high = Digit(content, first);
        var low = Digit(content, first + 1);
        return high < 0 || low < 0 ? -1 : ((high << shift) | (low >> (6 - shift))) & 0xFF;
    }

    public override int StartOf(int index) => _outer.StartOf(PlaceOf(DigitOf(index).First));

    public override int EndOf(int index) => _outer.EndOf(PlaceOf(DigitOf(index).First + 1));

    /// <summary>Whether the anchor begins a group and follows a character that is punctuation as often as it is a digit.</summary>
    public bool FollowsPunctuation(ReadOnlySpan<byte> content) =>
        _alignment == 0 && _outer.At(content, _anchor - 1) is '/' or '-' or '_' or '+';

    /// <summary>The first of the two digits that hold a byte, and by how much its bits are shifted up.</summary>
    private (int First, int Shift) DigitOf(int index)
    {
        var @byte = index + _alignment;
        var group = Math.DivRem(@byte, 3, out var within);
        if (within < 0)
        {
            within += 3;
            group--;
        }

        return ((group * 4) + within, 2 + (2 * within));
    }

    private int Digit(ReadOnlySpan<byte> content, int digit)
    {
        if (digit >= _firstDigit)
        {
            Extend(content, digit - _firstDigit);
            if (digit - _firstDigit >= _places.Count)
            {
                return -1;
            }
        }

        return Digits.Base64(_outer.At(content, PlaceOf(digit)));
    }

    // Before the anchor only the same line counts: it serves to see what stands to the left of a key.
    private int PlaceOf(int digit) => digit < _firstDigit ? _anchor - _firstDigit + digit : _places[digit - _firstDigit];

    private void Extend(ReadOnlySpan<byte> content, int to)
    {
        while (_places.Count <= to && !_ended)
        {
            var next = _places.Count == 0 ? _anchor : _places[^1] + 1;
            if (Digits.Base64(_outer.At(content, next)) < 0)
            {
                next = NextLine(content, next);
            }

            if (next < 0)
            {
                _ended = true;
            }
            else
            {
                _places.Add(next);
            }
        }
    }

    /// <summary>Where the run goes on after the line break at <paramref name="lineEnd"/>, or -1 when it does not.</summary>
    private int NextLine(ReadOnlySpan<byte> content, int lineEnd)
    {
        var next = AfterLineBreak(content, lineEnd);
        if (next < 0)
        {
            return -1;
        }

        var line = 0;
        while (line <= LongestLine && Digits.Base64(_outer.At(content, lineEnd - 1 - line)) >= 0)
        {
            line++;
        }

        // A backslash, then n: the letter is part of the line break before this line, when that is written as an escape.
        if (_outer.At(content, lineEnd - 1 - line) == '\\' && _outer.At(content, lineEnd - line) is 'n' or 'r')
        {
            line--;
        }

        var following = 0;
        while (following <= LongestLine && Digits.Base64(_outer.At(content, next + following)) >= 0)
        {
            following++;
        }

        // A key of a YAML file under an unpadded value is not its next line: that one is as wide, or the last, and then ends.
        var end = next + following;
        while (end - next - following < 2 && _outer.At(content, end) == '=')
        {
            end++;
        }

        return line is >= ShortestLine and <= LongestLine && line % 4 == 0 && following > 0 && following <= line
            && _outer.At(content, end) is -1 or '\r' or '\n' or '"' or '\'' or '`' or '<' or '\\' or ')' or '%'
            ? next
            : -1;
    }

    private int AfterLineBreak(ReadOnlySpan<byte> content, int end)
    {
        var at = end;
        if (_outer.At(content, at) == '\\' && _outer.At(content, at + 1) is 'r' or 'n')
        {
            at += 2;
            return _outer.At(content, at) == '\\' && _outer.At(content, at + 1) == 'n' ? at + 2 : at;
        }

        if (_outer.At(content, at) == '\r')
        {
            at++;
        }

        if (_outer.At(content, at) != '\n')
        {
            return -1;
        }

        at++;
        for (var indent = 0; indent < DeepestIndent && _outer.At(content, at) is ' ' or '\t'; indent++)
        {
            at++;
        }

        return at;
    }
}
