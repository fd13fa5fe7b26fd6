namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Undoes base64 in either alphabet, across the line breaks of wrapped text.</summary>
internal sealed class Base64Layer : Layer
{
    // Text is wrapped at 64 or 76 by convention and at other widths by hand; below this a second line is a coincidence.
    private const int ShortestLine = 40;
    private const int LongestLine = 256;
    private const int LongestBreak = 32;

    private readonly Layer _outer;
    private readonly int _anchor;
    private readonly int _alignment;
    private readonly int _firstDigit;
    private readonly List<(int Start, int End, int Digit)> _digits = new(64);
    private readonly List<int> _before = [];
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

    public override int StartOf(int index) => _outer.StartOf(Place(DigitOf(index).First).Start);

    public override int EndOf(int index) => _outer.EndOf(Place(DigitOf(index).First + 1).End - 1);

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
        if (digit < _firstDigit)
        {
            while (_before.Count < _firstDigit - digit)
            {
                _before.Add(Previous(content, _before.Count == 0 ? _anchor : _before[^1]));
            }

            return Digits.Base64(_outer.At(content, Place(digit).Start));
        }

        Extend(content, digit - _firstDigit);
        return digit - _firstDigit < _digits.Count ? _digits[digit - _firstDigit].Digit : -1;
    }

    private (int Start, int End) Place(int digit) =>
        digit < _firstDigit
            ? (_before[_firstDigit - digit - 1], _before[_firstDigit - digit - 1] + 1)
            : (_digits[digit - _firstDigit].Start, _digits[digit - _firstDigit].End);

    // Before the anchor a line break counts only where a line of digits stands before it.
    private int Previous(ReadOnlySpan<byte> content, int index)
    {
        var at = index - 1;
        while (index - at < LongestBreak && _outer.At(content, at) is ' ' or '\t')
        {
            at--;
        }

        if (_outer.At(content, at) != '\n')
        {
            return index - 1;
        }

        at -= _outer.At(content, at - 1) == '\r' ? 2 : 1;
        return DigitsBefore(content, at + 1, ShortestLine) == ShortestLine ? at : index - 1;
    }

    private int DigitsBefore(ReadOnlySpan<byte> content, int end, int most)
    {
        var count = 0;
        while (count < most && Digits.Base64(_outer.At(content, end - 1 - count)) >= 0)
        {
            count++;
        }

        return count;
    }

    private void Extend(ReadOnlySpan<byte> content, int to)
    {
        while (_digits.Count <= to && !_ended)
        {
            var next = _digits.Count == 0 ? _anchor : _digits[^1].End;
            var digit = Read(content, next);
            if (digit.Digit < 0 && NextLine(content, next) is >= 0 and var line)
            {
                digit = Read(content, line);
            }

            if (digit.Digit < 0)
            {
                _ended = true;
            }
            else
            {
                _digits.Add(digit);
            }
        }
    }

    /// <summary>The digit at an index: JSON, URLs and markup escape some of them.</summary>
    private (int Start, int End, int Digit) Read(ReadOnlySpan<byte> content, int index)
    {
        var c = _outer.At(content, index);
        if (c is '%' or '\\' or '&' && Escapes.Read(content, _outer, index) is { Escape: not null } escaped)
        {
            return (index, escaped.Next, Digits.Base64(escaped.Value));
        }

        return (index, index + 1, Digits.Base64(c));
    }

    /// <summary>Where the run goes on after the end of a line, or -1 when it does not.</summary>
    private int NextLine(ReadOnlySpan<byte> content, int lineEnd)
    {
        var line = DigitsBefore(content, lineEnd, LongestLine + 1);

        // Too short for a line, and in the text that is all one line not worth a look.
        if (line < ShortestLine - 1)
        {
            return -1;
        }

        // In source code each line is a string of its own.
        if (Concatenation.NextString(content, _outer, LineBreak.SkipEscaped(content, _outer, lineEnd)) is >= 0 and var next)
        {
            return next;
        }

        // Every line of a patch begins with a sign that may be a digit; where all are whole groups without it, it is one.
        var marker = LineBreak.MarkerOf(content, _outer, lineEnd);
        if (marker != 0 && _outer.At(content, lineEnd - 1 - line) is '\n' or -1)
        {
            marker = line % 4 == 1 ? marker : 0;
            line -= line % 4 == 1 ? 1 : 0;
        }

        // A backslash, then n: the letter is part of the line break before this line, when that is written as an escape.
        if (_outer.At(content, lineEnd - 1 - line) == '\\' && _outer.At(content, lineEnd - line) is 'n' or 'r')
        {
            line--;
        }

        // Likewise the two digits of %0A.
        if (_outer.At(content, lineEnd - 1 - line) == '%')
        {
            line -= 2;
        }

        next = LineBreak.Skip(content, _outer, lineEnd, marker);
        if (next < 0)
        {
            return -1;
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
            && _outer.At(content, end) is -1 or '\r' or '\n' or '"' or '\'' or '`' or '<' or '\\' or ')' or '%' or '&'
            ? next
            : -1;
    }
}
