namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>What the recogniser saw from left to right: for every frame, two pixels wide, the log-probability of every glyph.</summary>
internal sealed class Emissions
{
    /// <summary>Pixels of the crop to a frame.</summary>
    public const int PixelsPerFrame = 2;

    private readonly float[] _logarithms;
    private readonly float[] _best;

    /// <summary>Takes the logarithms, frame after frame.</summary>
    public Emissions(float[] logarithms)
    {
        _logarithms = logarithms;
        _best = new float[logarithms.Length / Glyph.Count];
        for (var frame = 0; frame < _best.Length; frame++)
        {
            _best[frame] = Greatest(At(frame));
        }
    }

    public int Frames => _best.Length;

    /// <summary>The log-probabilities of all glyphs.</summary>
    public ReadOnlySpan<float> At(int frame) => _logarithms.AsSpan(frame * Glyph.Count, Glyph.Count);

    /// <summary>The log-probability of the likeliest glyph.</summary>
    public float BestAt(int frame) => _best[frame];

    /// <summary>The likeliest glyph.</summary>
    public int GlyphAt(int frame) => At(frame).IndexOf(_best[frame]);

    private static float Greatest(ReadOnlySpan<float> values)
    {
        var greatest = values[0];
        foreach (var value in values)
        {
            greatest = Math.Max(greatest, value);
        }

        return greatest;
    }
}
