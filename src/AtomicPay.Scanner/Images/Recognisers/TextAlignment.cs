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

    /// <summary>
    /// The log-probability of the text, over all the ways in which its characters can lie on the frames. It ends at a space, at a mark
    /// or with the line.
    /// </summary>
    /// <param name="glyphs">The text.</param>
    /// <param name="underscores">Where in it an underscore belongs, whatever the mark that was seen there.</param>
    public double Likelihood(ReadOnlySpan<int> glyphs, Func<int, bool> underscores)
    {
        // Two states a character, itself and the blank before it, and the blank after the last. Kept as probabilities, which is
        // ten times as fast as logarithms, and scaled from frame to frame, so that they do not vanish.
        var states = (2 * glyphs.Length) + 1;
        var now = new double[states];
        var next = new double[states];
        now[0] = 1;
        double scale = 0;
        var ended = double.NegativeInfinity;
        for (var frame = from; frame < emissions.Frames; frame++)
        {
            var logarithms = emissions.At(frame);
            var mark = Math.Max(logarithms[Glyph.Space], logarithms[Glyph.Other]);
            ended = Logarithms.Add((float)ended, (float)(scale + Math.Log(now[^1] + now[^2]) + mark));
            var blank = Math.Exp(Math.Max(logarithms[Glyph.Blank], mark - MarkInside));
            double sum = 0;
            for (var state = 0; state < states; state++)
            {
                var score = now[state] + (state > 0 ? now[state - 1] : 0);
                if ((state & 1) == 1 && state > 1 && glyphs[state / 2] != glyphs[(state / 2) - 1])
                {
                    score += now[state - 2];
                }

                // Most characters are out of reach on most frames.
                if (score > 0)
                {
                    score *= (state & 1) == 0 ? blank : Math.Exp(Emission(logarithms, glyphs[state / 2], underscores(state / 2)));
                }

                next[state] = score;
                sum += score;
            }

            if (sum <= 0)
            {
                return Math.Max(ended, Impossible);
            }

            for (var state = 0; state < states; state++)
            {
                next[state] = next[state] / sum is var share and > Vanishing ? share : 0;
            }

            scale += Math.Log(sum);
            (now, next) = (next, now);
        }

        return Math.Max(Impossible, Logarithms.Add((float)ended, (float)(scale + Math.Log(now[^1] + now[^2]))));
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
            var mark = Math.Max(logarithms[Glyph.Space], logarithms[Glyph.Other]);
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
