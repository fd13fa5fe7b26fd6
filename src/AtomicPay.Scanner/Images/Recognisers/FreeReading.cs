using System.Globalization;
using System.Text;

namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>What the recogniser saw glyph by glyph, with no regard to what is looked for: the test of what a search has found.</summary>
/// <param name="Text">Characters of keys; an asterisk for any other one.</param>
/// <param name="Frames">The frame of each.</param>
internal sealed record FreeReading(string Text, IReadOnlyList<int> Frames)
{
    public static FreeReading Of(Emissions emissions)
    {
        var text = new StringBuilder();
        var frames = new List<int>();
        var before = Glyph.Blank;
        for (var frame = 0; frame < emissions.Frames; frame++)
        {
            var glyph = emissions.GlyphAt(frame);
            if (glyph != before && glyph != Glyph.Blank)
            {
                text.Append(Glyph.CharacterOf(glyph));
                frames.Add(frame);
            }

            before = glyph;
        }

        return new FreeReading(text.ToString(), frames);
    }

    /// <summary>What stands there after the blanks that the beginning of a line was cut out with.</summary>
    public FreeReading WithoutBlanks() => After(Text.Length - Text.AsSpan().TrimStart(' ').Length);

    /// <summary>What follows a line's number; all of it where that does not stand there.</summary>
    public FreeReading WithoutNumber(int number)
    {
        var digits = number > 0 ? number.ToString(CultureInfo.InvariantCulture) : "";
        if (digits.Length == 0 || !Text.StartsWith(digits, StringComparison.Ordinal))
        {
            return this;
        }

        return After(digits.Length).WithoutBlanks();
    }

    /// <summary>What stands on the first frame of a kind and after it.</summary>
    public FreeReading From(Func<int, bool> isFirst) => After(Frames.TakeWhile(frame => !isFirst(frame)).Count());

    /// <summary>The index of the first character on a frame or after it.</summary>
    public int IndexFrom(int frame)
    {
        var at = 0;
        while (at < Frames.Count && Frames[at] < frame)
        {
            at++;
        }

        return at;
    }

    private FreeReading After(int length) => new(Text[length..], [.. Frames.Skip(length)]);
}
