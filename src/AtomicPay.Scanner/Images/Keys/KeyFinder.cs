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
    /// <param name="isHinted">Whether anything on the lines was like the beginning of a key, and was none.</param>
    public ImmutableArray<KeyCandidate> Find(GrayPicture picture, List<PixelBox> lines, List<PixelBox> pieces, Func<bool> isOver, out bool isHinted)
    {
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
                continue;
            }

            var line = LevelLine.Of(picture, box);
            var before = spots.Count;
            spots.AddRange(Spot(line).Select(spot => (line, spot.Column, spot.Likelihood)));
            if (spots.Count == before && _barren.Count < MostBarren)
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

        isHinted = spots.Exists(spot => !found.Exists(key => key.Holds(spot.Line.BoxBetween(spot.Column, spot.Column + spot.Line.Height))));

        return [.. found.Where(key => !found.Exists(key.IsWorseThan)).OrderBy(static key => key.Box.Top).ThenBy(static key => key.Box.Left)];
    }

    private static IEnumerable<(double Column, double Likelihood)> Spot(LevelLine line)
    {
        var columns = WindowWidth * line.Height * CropVariant.Usual.Taller / LineCrop.Height;
        var overlap = WindowOverlap * line.Height * CropVariant.Usual.Taller / LineCrop.Height;
        for (var left = (double)line.Left; ; left += columns - overlap)
        {
            var crop = line.Crop(left, left + columns, CropVariant.Usual);
            foreach (var place in PrefixSpotter.Find(Recogniser.Spotter.Read(crop), Hint))
            {
                yield return (crop.ColumnInPicture(place.Start * Emissions.PixelsPerFrame), place.Likelihood);
            }

            if (left + columns >= line.Left + line.Width)
            {
                break;
            }
        }
    }

    private KeyCandidate? Read(GrayPicture picture, LevelLine line, double column, List<PixelBox> pieces)
    {
        if (PartReader.ReadBeginning(line, column) is not { } part)
        {
            return null;
        }

        var parts = new List<PartReading> { part };
        int? number = null;
        while (parts.Count < MostLines && Next(picture, line, ref number, parts, pieces) is { } next)
        {
            parts.Add(next);
        }

        for (; parts.Count > 0; parts.RemoveAt(parts.Count - 1))
        {
            var readings = Readings.Rank(parts);
            if (!readings.IsEmpty && isIssued(readings[0].Text))
            {
                return new KeyCandidate(readings, [.. parts.Select(static one => one.Box)], parts.Min(static one => one.Agreeing), part.Advance);
            }
        }

        return null;
    }

    private static PartReading? Next(GrayPicture picture, LevelLine line, ref int? number, List<PartReading> parts, List<PixelBox> pieces)
    {
        var part = parts[^1];
        if (!part.EndsWithLine || !WrappedLine.RunsToEdge(part.Box, part.Advance, pieces))
        {
            return null;
        }

        var begun = string.Concat(parts.Select(static one => one.Texts[0].Text));
        foreach (var below in WrappedLine.Below(part.Box, part.Advance, pieces))
        {
            number ??= PartReader.NumberOf(line);
            if (PartReader.ReadContinuation(LevelLine.Of(picture, below), below.Left, begun, number + parts.Count) is { } next)
            {
                return next;
            }
        }

        return null;
    }
}
