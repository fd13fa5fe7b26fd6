using System.Text;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>Puts the glyphs of a page together to lines of text, in the order in which they were drawn.</summary>
internal sealed class PdfPageText
{
    private const string Prefix = "atpay_";
    private const double NextLine = 2.5;

    private readonly List<Line> _lines = [];
    private PdfGlyph _last;

    public void Add(PdfGlyph glyph)
    {
        if (_lines.Count == 0 || !glyph.IsOnLineOf(_last))
        {
            _lines.Add(new Line(glyph));
        }
        else if (!glyph.Follows(_last))
        {
            _lines[^1].Text.Append(' ');
        }

        var line = _lines[^1];
        line.Text.Append(glyph.Text);
        line.End = Math.Max(line.End, glyph.End);
        _last = glyph;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        var rightEdges = RightEdges();
        for (var i = 0; i < _lines.Count; i++)
        {
            text.Append(_lines[i].Text);
            if (i + 1 < _lines.Count && !IsWrapped(_lines[i], _lines[i + 1], rightEdges[KeyOf(_lines[i])]))
            {
                text.Append('\n');
            }
        }

        return text.Append('\n').ToString();
    }

    private static (int Angle, int Start) KeyOf(Line line) => (line.First.Angle, (int)Math.Round(line.First.Start / 4));

    /// <summary>How far the lines with the same left edge reach.</summary>
    private Dictionary<(int Angle, int Start), double> RightEdges()
    {
        var edges = new Dictionary<(int Angle, int Start), double>();
        foreach (var line in _lines)
        {
            edges[KeyOf(line)] = Math.Max(line.End, edges.GetValueOrDefault(KeyOf(line), double.MinValue));
        }

        return edges;
    }

    // A key too long for its line goes on on the next: the line is full, ends within the key, and what follows is no word.
    private static bool IsWrapped(Line line, Line next, double rightEdge)
    {
        var size = line.First.Size;
        var down = line.First.Baseline - next.First.Baseline;
        if (KeyOf(line) != KeyOf(next) || down <= 0 || down > NextLine * size || rightEdge - line.End > size)
        {
            return false;
        }

        var text = line.Text.ToString();
        var key = text.LastIndexOf(Prefix, StringComparison.Ordinal);
        if (key < 0 || text.AsSpan(key).ContainsAnyExcept(KeyCharacters))
        {
            return false;
        }

        var rest = next.Text.ToString();
        var length = rest.AsSpan().IndexOfAnyExcept(KeyCharacters);
        var piece = length < 0 ? rest : rest[..length];
        return piece.AsSpan().ContainsAnyInRange('0', '9') || piece.Skip(1).Any(char.IsAsciiLetterUpper);
    }

    private static readonly System.Buffers.SearchValues<char> KeyCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private sealed class Line(PdfGlyph first)
    {
        public PdfGlyph First => first;

        public StringBuilder Text { get; } = new();

        public double End { get; set; } = first.End;
    }
}
