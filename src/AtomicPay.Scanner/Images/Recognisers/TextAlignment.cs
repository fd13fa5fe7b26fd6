namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>How likely a text is in what the recogniser saw, and where its characters stand.</summary>
/// <param name="emissions">What was seen.</param>
/// <param name="from">The frame with which the text begins.</param>
internal sealed class TextAlignment(Emissions emissions, int from)
{
    // Nats. A mark or space that was seen inside the text.
    private const float MarkInside = 4;

    // Nats. Low enough never to be chosen, and still a number to reckon with.
    private const double Impossible = -10_000;

    // The share of the probability of a frame below which a state is given up.
    private const double Vanishing = 1e-12;

    // For each frame the probability of each glyph, of anything that may be an underscore, and of no character.
    private const int UnderscoreLike = Glyph.Count;
    private const int Nothing = Glyph.Count + 1;
    private const int Columns = Glyph.Count + 2;

    private readonly float[] _probabilities = Probabilities(emissions);

    /// <summary>
    /// The log-probability of the text, over all the ways in which its characters can lie on the frames. It ends at a space, at a mark
    /// or with the line.
    /// </summary>
    /// <param name="glyphs">The text.</param>
    /// <param name="underscores">Where in it an underscore belongs, whatever the mark that was seen there.</param>
    public double Likelihood(ReadOnlySpan<int> glyphs, Func<int, bool> underscores)
    {
        // Two states a character, itself and the blank before it, and the blank after the last. Kept as probabilities, which is
        // ten times as fast as logarithms, and scaled from frame to frame, so that they do not vanish. Most characters are out of
        // reach on most frames: only the states from the first to the last that are not are looked at, and two more on either side
        // of every row are kept at zero.
        const int margin = 2;
        var states = (2 * glyphs.Length) + 1;
        var now = new double[states + (2 * margin)];
        var next = new double[states + (2 * margin)];
        var columns = new int[states];
        var skips = new bool[states];
        for (var state = 0; state < states; state++)
        {
            var isCharacter = (state & 1) == 1;
            columns[state] = !isCharacter ? Nothing : underscores(state / 2) ? UnderscoreLike : glyphs[state / 2];
            skips[state] = isCharacter && state > 1 && glyphs[state / 2] != glyphs[(state / 2) - 1];
        }

        now[margin] = 1;
        var (first, last) = (0, 0);
        double scale = 0;
        var ended = double.NegativeInfinity;
        for (var frame = from; frame < emissions.Frames; frame++)
        {
            if (last >= states - 2)
            {
                ended = Logarithms.Add((float)ended, (float)(scale + Math.Log(End(now)) + MarkAt(emissions.At(frame))));
            }

            var probabilities = _probabilities.AsSpan(frame * Columns, Columns);
            var highest = Math.Min(last + 2, states - 1);
            double sum = 0;
            for (var state = first; state <= highest; state++)
            {
                var at = state + margin;
                var score = (now[at] + now[at - 1] + (skips[state] ? now[at - 2] : 0)) * probabilities[columns[state]];
                next[at] = score;
                sum += score;
            }

            if (sum <= 0)
            {
                return Math.Max(ended, Impossible);
            }

            next.AsSpan(first, margin).Clear();
            next.AsSpan(highest + margin + 1, margin).Clear();
            (first, last) = (highest, first);
            for (int state = last, to = highest; state <= to; state++)
            {
                var share = next[state + margin] / sum;
                next[state + margin] = share > Vanishing ? share : 0;
                if (share > Vanishing)
                {
                    (first, last) = (Math.Min(first, state), state);
                }
            }

            scale += Math.Log(sum);
            (now, next) = (next, now);
        }

        return Math.Max(Impossible, Logarithms.Add((float)ended, (float)(scale + Math.Log(End(now)))));

        double End(double[] scores) => scores[states - 1 + margin] + scores[states - 2 + margin];
    }

    /// <summary>For each character of the text the frame on which it most likely lies.</summary>
    public int[] Frames(ReadOnlySpan<int> glyphs, Func<int, bool> underscores)
    {
        var states = (2 * glyphs.Length) + 1;
        var frames = emissions.Frames - from;
        var scores = new float[states];
        var steps = new byte[frames * states];
        Array.Fill(scores, float.NegativeInfinity);
        scores[0] = 0;
        var (ended, endedAt) = (float.NegativeInfinity, frames);
        for (var frame = 0; frame < frames; frame++)
        {
            var logarithms = emissions.At(from + frame);
            var mark = MarkAt(logarithms);
            if (Math.Max(scores[^1], scores[^2]) + mark is var end && end > ended)
            {
                (ended, endedAt) = (end, frame);
            }

            var blank = Math.Max(logarithms[Glyph.Blank], mark - MarkInside);
            for (var state = states - 1; state >= 0; state--)
            {
                var (score, step) = (scores[state], 0);
                if (state > 0 && scores[state - 1] > score)
                {
                    (score, step) = (scores[state - 1], 1);
                }

                if ((state & 1) == 1 && state > 1 && glyphs[state / 2] != glyphs[(state / 2) - 1] && scores[state - 2] > score)
                {
                    (score, step) = (scores[state - 2], 2);
                }

                scores[state] = score + ((state & 1) == 0 ? blank : Emission(logarithms, glyphs[state / 2], underscores(state / 2)));
                steps[(frame * states) + state] = (byte)step;
            }
        }

        return Trace(glyphs.Length, steps, states, ended > Math.Max(scores[^1], scores[^2]) ? endedAt : frames);
    }

    private static float[] Probabilities(Emissions emissions)
    {
        var probabilities = new float[emissions.Frames * Columns];
        for (var frame = 0; frame < emissions.Frames; frame++)
        {
            var logarithms = emissions.At(frame);
            var row = probabilities.AsSpan(frame * Columns, Columns);
            for (var glyph = 0; glyph < Glyph.Count; glyph++)
            {
                row[glyph] = MathF.Exp(logarithms[glyph]);
            }

            row[UnderscoreLike] = MathF.Exp(Emission(logarithms, Glyph.Of('_'), isUnderscore: true));
            row[Nothing] = MathF.Exp(Math.Max(logarithms[Glyph.Blank], MarkAt(logarithms) - MarkInside));
        }

        return probabilities;
    }

    private static float MarkAt(ReadOnlySpan<float> logarithms) => Math.Max(logarithms[Glyph.Space], logarithms[Glyph.Other]);

    private static float Emission(ReadOnlySpan<float> logarithms, int glyph, bool isUnderscore) =>
        isUnderscore ? Math.Max(logarithms[glyph], PrefixSpotter.UnderscoreLike(logarithms)) : logarithms[glyph];

    private int[] Trace(int length, byte[] steps, int states, int end)
    {
        var frames = new int[length];
        Array.Fill(frames, from);
        var state = states - 1;
        for (var frame = end - 1; frame >= 0 && state >= 0; frame--)
        {
            if ((state & 1) == 1)
            {
                frames[state / 2] = from + frame;
            }

            state -= steps[(frame * states) + state];
        }

        return frames;
    }
}
