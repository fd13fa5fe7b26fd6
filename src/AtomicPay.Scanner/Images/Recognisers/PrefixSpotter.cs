namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>Finds where in a line <c>atpay_</c> may stand.</summary>
internal static class PrefixSpotter
{
    private const string Prefix = "atpay_";

    // Nats. How much likelier what was seen may be as something else; and what it costs to take another thin mark for an underscore.
    public const double Threshold = -8;
    private const float MistakenUnderscore = 1;

    // Frames of two crops of one beginning, or of one beginning seen twice.
    private const int SamePlace = 16;

    private static readonly int[] Glyphs = [.. Prefix.Select(Glyph.Of)];

    /// <summary>The places from left to right, each with its likelihood against the best reading of the same frames, in nats.</summary>
    public static List<PrefixPlace> Find(Emissions emissions, double threshold = Threshold)
    {
        // The states of the path through the prefix: its characters at even places, blanks between them at odd ones.
        var states = (2 * Glyphs.Length) - 1;
        Span<double> scores = stackalloc double[states];
        Span<int> starts = stackalloc int[states];
        scores.Fill(double.NegativeInfinity);
        var found = new List<PrefixPlace>();
        for (var frame = 0; frame < emissions.Frames; frame++)
        {
            var logarithms = emissions.At(frame);
            var best = emissions.BestAt(frame);
            for (var state = states - 1; state >= 0; state--)
            {
                var (score, start) = (scores[state], starts[state]);
                if (state == 0)
                {
                    // A path that begins anew is always as good; one that has begun keeps its beginning.
                    (score, start) = score > -0.5 ? (score, start) : (0, frame);
                }

                if (state > 0 && scores[state - 1] > score)
                {
                    (score, start) = (scores[state - 1], starts[state - 1]);
                }

                if (state > 1 && (state & 1) == 0 && scores[state - 2] > score)
                {
                    (score, start) = (scores[state - 2], starts[state - 2]);
                }

                scores[state] = score + Emission(logarithms, state) - best;
                starts[state] = start;
            }

            Add(found, new PrefixPlace(starts[^1], frame, scores[^1]), threshold);
        }

        return found;
    }

    private static float Emission(ReadOnlySpan<float> logarithms, int state)
    {
        if ((state & 1) == 1)
        {
            return logarithms[Glyph.Blank];
        }

        var emission = logarithms[Glyphs[state / 2]];
        return state < (2 * Glyphs.Length) - 2 ? emission : Math.Max(emission, UnderscoreLike(logarithms));
    }

    /// <summary>The log-probability of an underscore that was taken for a space, a hyphen or some other mark.</summary>
    public static float UnderscoreLike(ReadOnlySpan<float> logarithms) =>
        Math.Max(Math.Max(logarithms[Glyph.Space], logarithms[Glyph.Other]), logarithms[Glyph.Of('-')]) - MistakenUnderscore;

    private static void Add(List<PrefixPlace> found, PrefixPlace place, double threshold)
    {
        if (place.Likelihood < threshold)
        {
            return;
        }

        if (found.Count == 0 || place.Start > found[^1].End + SamePlace)
        {
            found.Add(place);
        }
        else if (place.Likelihood > found[^1].Likelihood)
        {
            found[^1] = place;
        }
    }
}
