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
}
