using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Findings;

/// <summary>Turns offsets into lines and columns. Offsets must come in ascending order, so that a content is counted once however many findings it holds.</summary>
internal ref struct LineCounter(ReadOnlySpan<byte> content, ContentWindow position)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _counted;
    private long _line = position.LineBreaks + 1;
    private long _lineStart = position.LineStart - position.Offset;

    public Region RegionOf(int offset, int length)
    {
        Advance(offset);
        var (line, column) = (_line, Column(offset));
        Advance(offset + length);
        return new Region(Clamp(line), column, Clamp(_line), Column(offset + length), position.Offset + offset, length);
    }

    private static int Clamp(long line) => (int)Math.Min(line, int.MaxValue);

    private void Advance(int offset)
    {
        if (offset <= _counted)
        {
            return;
        }

        var passed = _content[_counted..offset];
        var lastBreak = passed.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            _line += passed.Count((byte)'\n');
            _lineStart = _counted + lastBreak + 1;
        }

        _counted = offset;
    }

    // A line that began in an earlier window counts the bytes before this one as one column each.
    private readonly int Column(int offset)
    {
        var visible = _content[(int)Math.Clamp(_lineStart, 0, offset)..offset];
        var before = Math.Max(0, -_lineStart);
        return (int)Math.Min(int.MaxValue, before + Encoding.UTF8.GetCharCount(visible) + 1);
    }
}
