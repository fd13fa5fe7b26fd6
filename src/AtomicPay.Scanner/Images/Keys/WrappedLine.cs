namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Finds what a part of a key goes on with: in its own row, and in the line into which it was wrapped.</summary>
internal sealed class WrappedLine
{
    // In heights of the key's line: where the middle of the next one is, how high it is, and which gap ends a line.
    private const double Nearest = 0.6;
    private const double Furthest = 2;
    private const double Lowest = 0.25;
    private const double Highest = 1.5;
    private const double WidestGap = 2;
    private const double SameRow = 0.5;

    // In heights: as far as lines are of the same block; in characters: how ragged the edges of wrapped text are.
    private const double Block = 12;
    private const double Ragged = 2.5;
    private const double Outdent = 1.5;

    // In widths of characters: how high a line is at most.
    private const double Tallest = 2.3;

    // In characters: an underscore, of which pieces show nothing, and the space on both sides of it.
    private const double WidestCharacter = 1.8;

    // The share of a box's height that a slope may explain: the rest is letters.
    private const double MostLean = 0.6;

    // Other columns beside the one with the key.
    private const int MostSegments = 3;

    private readonly PixelBox _part;
    private readonly PixelBox _tight;
    private readonly double _advance;
    private readonly double _slope;
    private readonly double _column;
    private readonly List<PixelBox> _pieces;

    /// <param name="part">Where the part stands.</param>
    /// <param name="advance">Pixels from one of its characters to the next.</param>
    /// <param name="slope">How far it goes down for each pixel to the right.</param>
    /// <param name="pieces">Where any text stands.</param>
    public WrappedLine(PixelBox part, double advance, double slope, List<PixelBox> pieces)
    {
        _advance = advance;
        _slope = slope;
        _column = Middle(part.Left, part.Right);
        _part = Levelled(part);
        _pieces = [.. pieces.Select(Levelled)];

        // Where a picture is bent, letters of the neighbouring lines are taken for those of the part.
        var spare = Math.Max(0, (int)(_part.Height - (Tallest * advance)) / 2);
        _tight = _part with { Top = _part.Top + spare, Bottom = _part.Bottom - spare };
    }

    /// <summary>The right edge of what follows the part so closely in its row that it may belong to the same word; its own where nothing does.</summary>
    public int EndOfWord()
    {
        var end = _part.Right;
        foreach (var piece in _pieces
            .Where(piece => Math.Abs(Row(piece) - Row(_part)) <= SameRow * _part.Height && piece.Height <= _part.Height && piece.Right > _part.Right)
            .OrderBy(static piece => piece.Left)
            .TakeWhile(piece => piece.Left <= end + (WidestCharacter * _advance)))
        {
            end = Math.Max(end, piece.Right);
        }

        return end;
    }

    /// <summary>Whether the part runs to the right edge of its block, as it does if its line was full.</summary>
    public bool RunsToEdge()
    {
        var edge = _pieces
            .Where(piece => Math.Abs(piece.Top - _part.Top) < Block * _part.Height && piece.Left < _part.Right)
            .Max(static piece => (int?)piece.Right) ?? 0;
        return _part.Right > edge - (Ragged * _advance);
    }

    /// <summary>Where the part's own line begins.</summary>
    public int Left => Segments(_pieces, 0, SameRow)
        .Where(segment => segment.Left < _part.Right && segment.Right > _part.Left)
        .Select(static segment => segment.Left)
        .DefaultIfEmpty(_part.Left)
        .Min();

    /// <summary>Where the line below may begin, that whose beginning is nearest to that of the part's own line first.</summary>
    public IEnumerable<PixelBox> Below()
    {
        var own = Left;
        var below = _pieces.FindAll(IsBelow);
        if (below.Count == 0)
        {
            return [];
        }

        var nearest = below.Min(Row);
        return Segments(below.FindAll(piece => Row(piece) - nearest < SameRow * _tight.Height), Nearest, Furthest)
            .Where(segment => segment.Left < _part.Left + (Ragged * _advance))
            .OrderBy(segment => Math.Abs(segment.Left - own))
            .Take(MostSegments)
            .Select(Slanted);
    }

    /// <summary>Whether a line begins left of the part's own one.</summary>
    public bool IsOutdented(PixelBox line) => line.Left < Left - (Outdent * _advance);

    private bool IsBelow(PixelBox piece) =>
        Row(piece) - Row(_tight) is var distance
        && distance >= Nearest * _tight.Height
        && distance <= Furthest * _tight.Height
        && piece.Height >= Lowest * _tight.Height
        && piece.Height <= Highest * _tight.Height;

    // The pieces of a row joined where the gap between them is no wider than that between words.
    private List<PixelBox> Segments(List<PixelBox> pieces, double from, double to)
    {
        var segments = new List<PixelBox>();
        foreach (var piece in pieces
            .Where(piece => Math.Abs(Row(piece) - Row(_tight)) >= from * _tight.Height && Math.Abs(Row(piece) - Row(_tight)) <= to * _tight.Height && piece.Height <= Highest * _tight.Height)
            .OrderBy(static piece => piece.Left))
        {
            if (segments.Count > 0 && piece.Left - segments[^1].Right <= WidestGap * _tight.Height)
            {
                segments[^1] = segments[^1].Union(piece);
            }
            else
            {
                segments.Add(piece);
            }
        }

        return segments;
    }

    // Boxes of a picture, that are as high as their slanted lines go up or down, as they would be if the lines were level.
    private PixelBox Levelled(PixelBox box)
    {
        var lean = Math.Min(Math.Abs(_slope) * box.Width, box.Height * MostLean) / 2;
        return box with { Top = (int)Math.Round(box.Top - Down(box) + lean), Bottom = (int)Math.Round(box.Bottom - Down(box) - lean) };
    }

    private PixelBox Slanted(PixelBox box)
    {
        var lean = Math.Abs(_slope) * box.Width / 2;
        return box with { Top = Math.Max(0, (int)Math.Round(box.Top + Down(box) - lean)), Bottom = (int)Math.Round(box.Bottom + Down(box) + lean) };
    }

    private double Down(PixelBox box) => _slope * (Middle(box.Left, box.Right) - _column);

    private static double Row(PixelBox box) => Middle(box.Top, box.Bottom);

    private static double Middle(int from, int to) => (from + to) / 2.0;
}
