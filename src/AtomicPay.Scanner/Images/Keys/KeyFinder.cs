using System.Collections.Immutable;
using AtomicPay.Scanner.Images.Crops;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Recognisers;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Finds and reads the keys on given lines of a picture.</summary>
/// <param name="isIssued">Whether a text that has the form of a key is one, and no placeholder or identifier.</param>
internal sealed class KeyFinder(Func<string, bool> isIssued)
{
    // Pixels of a crop: lines wider than that are looked through in windows, each beginning before the one before it ends.
    private const int WindowWidth = 2048;
    private const int WindowOverlap = 256;

    private const int MostLines = 6;

    // In heights of a line: what atpay_live_ takes at most, which may have been cut off at an underscore.
    private const double PrefixWidth = 13;

    // What a recogniser of characters makes of anything but text is a character or two.
    private const int FewestLetters = 4;

    // Nats. What is less like the beginning of a key is not worth a second look.
    private const double Hint = -16;

    // The frames of a recording, and the screenshots of a manual, show the same lines again and again: those on which nothing began
    // like a key are known by their pixels. Sixteen bytes each.
    private const int MostBarren = 50_000;
    private readonly HashSet<UInt128> _barren = [];

    /// <summary>The keys on these lines, from top to bottom. Stops, with what it has, when it is no longer wanted.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lines">Where a key may begin.</param>
    /// <param name="pieces">Where any text stands.</param>
    /// <param name="isOver">Whether the answer is still wanted.</param>
    public KeySearch Find(GrayPicture picture, List<PixelBox> lines, List<PixelBox> pieces, Func<bool> isOver)
    {
        var hasText = false;
        var spots = new List<(LevelLine Line, double Column, double Likelihood)>();
        foreach (var box in lines)
        {
            if (isOver())
            {
                break;
            }

            var name = LevelLine.NameOf(picture, box);
            if (_barren.Contains(name))
            {
                hasText = true;
                continue;
            }

            var line = LevelLine.Of(picture, box);
            var seen = Spot(line, out var text);
            hasText |= text.Count(char.IsAsciiLetterOrDigit) >= FewestLetters;
            if (Continuation.IsLikeBody(text) && seen.TrueForAll(static spot => spot.Likelihood <= PrefixSpotter.Threshold))
            {
                line = LevelLine.Of(picture, box with { Left = Math.Max(0, box.Left - (int)(PrefixWidth * box.Height)) });
                seen = Spot(line, out _);
            }

            spots.AddRange(seen.Select(spot => (line, spot.Column, spot.Likelihood)));
            if (seen.Count == 0 && _barren.Count < MostBarren)
            {
                _barren.Add(name);
            }
        }

        var found = new List<KeyCandidate>();
        foreach (var (line, column, _) in spots.Where(static spot => spot.Likelihood > PrefixSpotter.Threshold).OrderByDescending(static spot => spot.Likelihood))
        {
            if (isOver())
            {
                break;
            }

            var start = line.BoxBetween(column, column + line.Height);
            if (!found.Exists(key => key.Holds(start)) && Read(picture, line, column, pieces) is { } key)
            {
                found.Add(key);
            }
        }

        var isHinted = spots.Exists(spot => !found.Exists(key => key.Holds(spot.Line.BoxBetween(spot.Column, spot.Column + spot.Line.Height))));

        return new KeySearch(
            [.. found.Where(key => !found.Exists(key.IsWorseThan)).OrderBy(static key => key.Box.Top).ThenBy(static key => key.Box.Left)], isHinted, hasText);
    }

    /// <summary>Where something on the line is like the beginning of a key.</summary>
    /// <param name="line">The line.</param>
    /// <param name="text">What stands on its beginning.</param>
    private static List<(double Column, double Likelihood)> Spot(LevelLine line, out string text)
    {
        var spots = new List<(double Column, double Likelihood)>();
        text = "";
        var columns = WindowWidth * line.Height * CropVariant.Usual.Taller / LineCrop.Height;
        var overlap = WindowOverlap * line.Height * CropVariant.Usual.Taller / LineCrop.Height;
        for (var left = (double)line.Left; ; left += columns - overlap)
        {
            var crop = line.Crop(left, left + columns, CropVariant.Usual);
            var emissions = Recogniser.Spotter.Read(crop);
            text = left == line.Left ? FreeReading.Of(emissions).Text : text;
            foreach (var place in PrefixSpotter.Find(emissions, Hint))
            {
                spots.Add((crop.ColumnInPicture(place.Start * Emissions.PixelsPerFrame), place.Likelihood));
            }

            if (left + columns >= line.Left + line.Width)
            {
                return spots;
            }
        }
    }

    private KeyCandidate? Read(GrayPicture picture, LevelLine line, double column, List<PixelBox> pieces)
    {
        if (PartReader.ReadBeginning(line, column) is not { } part)
        {
            return null;
        }

        // A line may have been cut off within the key, at an underscore or where it fades.
        if (part.EndsWithLine && Around(part, pieces).EndOfWord() is var end && end > part.Box.Right + part.Advance
            && PartReader.ReadBeginning(LevelLine.Of(picture, line.Box with { Right = Math.Max(end, line.Box.Right) }), column) is { } longer
            && longer.Box.Right > part.Box.Right - part.Advance)
        {
            part = longer;
        }

        var parts = new List<PartReading> { part };
        bool mayGoOn;
        while (Next(picture, parts, pieces, out mayGoOn) is { } next && parts.Count < MostLines)
        {
            parts.Add(next);
        }

        for (; parts.Count > 0; parts.RemoveAt(parts.Count - 1))
        {
            var readings = Readings.Rank(parts);
            if (!readings.IsEmpty && isIssued(readings[0].Text))
            {
                return new KeyCandidate(readings, [.. parts.Select(static one => one.Box)], parts.Min(static one => one.Agreeing), part.Advance, part.Slope) { MayGoOn = mayGoOn };
            }
        }

        return null;
    }

    private static PartReading? Next(GrayPicture picture, List<PartReading> parts, List<PixelBox> pieces, out bool mayGoOn)
    {
        mayGoOn = false;
        var (first, part) = (parts[0].Box, parts[^1]);
        var around = Around(part, pieces);
        if (!part.EndsWithLine || !around.RunsToEdge())
        {
            return null;
        }

        var begun = string.Concat(parts.Select(static one => one.Texts[0].Text));
        foreach (var below in around.Below())
        {
            if (PartReader.ReadContinuation(LevelLine.Of(picture, below), below.Left, begun, IsOutdented, NumberBefore, out var mayBeRest) is { } next)
            {
                return next;
            }

            mayGoOn |= mayBeRest;

            // Where numbers stand before the lines, every line begins with its own.
            bool IsOutdented() => around.IsOutdented(below) && PartReader.IsBlank(picture, part.Box with { Left = below.Left, Right = around.Left });

            // The number of this line is that of the one on which the key begins and as many more as there are lines between them.
            int NumberBefore() => PartReader.NumberAt(picture, first, below.Left) is >= 0 and var number ? number + parts.Count : -1;
        }

        return null;
    }

    private static WrappedLine Around(PartReading part, List<PixelBox> pieces) => new(part.Box, part.Advance, part.Slope, pieces);
}
