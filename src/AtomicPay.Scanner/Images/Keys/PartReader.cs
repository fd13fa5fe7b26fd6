using System.Buffers;
using System.Globalization;
using AtomicPay.Scanner.Images.Crops;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Recognisers;

namespace AtomicPay.Scanner.Images.Keys;

/// <summary>Reads what of a key stands on one line, from several crops of it.</summary>
internal static class PartReader
{
    private const string Prefix = "atpay_";
    private const int LengthTolerance = 2;
    private const int MostMistakes = 8;
    private const int FewTexts = 10;

    /// <summary>All characters of keys.</summary>
    public static readonly SearchValues<char> Body = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // In heights of the line: what is cut out before and after the key.
    private const double Before = 0.9;
    private const double After = 1.0;

    // In heights: a line's number with the space behind it.
    private const double LongestNumber = 5;

    /// <summary>The characters of all keys that do not use separators.</summary>
    public static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly CropVariant[] Others = [new(-0.03, 1.08, 1), new(0.03, 1.22, 1), new(0, 1.15, 0.95)];

    /// <summary>Reads the beginning of a key; null when what stands there is none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="from">The column of the picture at which the key seems to begin.</param>
    public static PartReading? ReadBeginning(LevelLine line, double from)
    {
        var crop = line.Crop(from - (Before * line.Height), line.Left + line.Width, CropVariant.Usual);
        var emissions = Recogniser.Reader.Read(crop);
        if (Begin(emissions, crop, from) is not { } start)
        {
            return null;
        }

        var free = FreeReading.Of(emissions);
        var first = free.IndexFrom(start);
        return IsBeginning(free.Text, first) ? Read(line, crop, emissions, start, free, KeyForm.Any) : null;
    }

    /// <summary>The number that an editor shows before a line; -1 when there is none.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="part">Something on the line.</param>
    /// <param name="left">The column of the picture at which numbers begin.</param>
    public static int NumberAt(GrayPicture picture, PixelBox part, int left)
    {
        var line = LevelLine.Of(picture, part with { Left = left, Right = left + (int)(LongestNumber * part.Height) });
        var text = TextBetween(line, left, left + (LongestNumber * line.Height)).TrimStart(' ');
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && int.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    /// <summary>Whether no letter or digit stands in a part of a line.</summary>
    public static bool IsBlank(GrayPicture picture, PixelBox part) =>
        !TextBetween(LevelLine.Of(picture, part), part.Left, part.Right).AsSpan().ContainsAny(LettersAndDigits);

    /// <summary>Reads the rest of a key at the beginning of a line; null when something else stands there.</summary>
    /// <param name="line">The line.</param>
    /// <param name="from">The column of the picture at which it begins.</param>
    /// <param name="begun">What was read on the lines before.</param>
    /// <param name="isOutdented">Whether it begins left of the line on which the key begins.</param>
    /// <param name="number">The number that the line has if the lines before are numbered, otherwise -1.</param>
    /// <param name="mayBeRest">Whether what stands there, though it was not read as the rest, may be it.</param>
    public static PartReading? ReadContinuation(LevelLine line, double from, string begun, Func<bool> isOutdented, Func<int> number, out bool mayBeRest)
    {
        var crop = line.Crop(from - (Before * line.Height), line.Left + line.Width, CropVariant.Usual);
        var emissions = Recogniser.Reader.Read(crop);
        var free = FreeReading.Of(emissions).WithoutBlanks();
        free = free.Text.Length > 0 && char.IsAsciiDigit(free.Text[0]) ? free.WithoutNumber(number()) : free;
        var start = FirstFrame(free);
        mayBeRest = Continuation.MayBeRest(free.Text);
        return KeyBeam.Search(emissions, start, KeyForm.AnyContinued) is [var rest, ..] && Continuation.IsRestOf(begun, rest, free.Text, isOutdented)
            ? Read(line, crop, emissions, start, free, KeyForm.AnyContinued)
            : null;
    }

    private static string TextBetween(LevelLine line, double from, double to) =>
        FreeReading.Of(Recogniser.Reader.Read(line.Crop(from - (Before * line.Height), to, CropVariant.Usual))).Text;

    private static PartReading? Read(LevelLine line, LineCrop crop, Emissions emissions, int start, FreeReading free, KeyForm any)
    {
        var texts = new HashSet<string>();
        var looks = new List<TextAlignment>();
        var winners = new List<string>();
        if (!Look(emissions, start))
        {
            return null;
        }

        var best = winners[0];
        if (any.Prefix.Length > 0 && !IsOfAboutThatLength(free.Text[free.IndexFrom(start)..], best))
        {
            return null;
        }

        var frames = looks[0].Frames(GlyphsOf(best), UnderscoresOf(best, any));
        var (left, right) = (Column(crop, start), Column(crop, frames[^1] + 1));
        foreach (var variant in Others)
        {
            var other = line.Crop(left - (Before * line.Height), right + (After * line.Height), variant);
            var seen = Recogniser.Reader.Read(other);
            if (any.Prefix.Length == 0)
            {
                Look(seen, FirstFrame(FreeReading.Of(seen).From(frame => Column(other, frame) >= left)));
            }
            else if (Begin(seen, other, left) is { } begin)
            {
                Look(seen, begin);
            }
        }

        var ranked = texts.Select(text => (Text: text, Likelihood: Likelihood(text)))
            .OrderByDescending(static text => text.Likelihood + Readings.Prior(text.Text))
            .ToList();
        var advance = frames.Length < 2 ? line.Height / 2 : (Column(crop, frames[^1]) - Column(crop, frames[0])) / (frames.Length - 1);
        return new PartReading(
            ranked,
            (double)winners.Count(winner => winner == ranked[0].Text) / (1 + Others.Length),
            line.BoxBetween(left, right + (advance / 3)),
            advance,
            line.Slope)
        {
            EndsWithLine = free.Text.AsSpan(free.IndexFrom(frames[^1] + 2)).IsWhiteSpace(),
        };

        double Likelihood(string text)
        {
            var (glyphs, underscores) = (GlyphsOf(text), UnderscoresOf(text, any));
            return looks.Average(look => look.Likelihood(glyphs, underscores));
        }

        bool Look(Emissions seen, int begin)
        {
            var found = KeyBeam.Search(seen, begin, any);
            if (found.Count == 0)
            {
                return false;
            }

            // No other key looks like one of hexadecimal digits but for a mistake or two.
            var likely = found.Take(FewTexts).ToHashSet();
            if (HexadecimalFormOf(found[0], any) is { } hexadecimal)
            {
                likely.UnionWith(KeyBeam.Search(seen, begin, hexadecimal).Take(FewTexts));
            }

            // Each search leaves out what its form forbids, so that their order says little.
            var look = new TextAlignment(seen, begin);
            winners.Add(likely.MaxBy(text => look.Likelihood(GlyphsOf(text), UnderscoresOf(text, any)) + Readings.Prior(text))!);
            texts.UnionWith(likely);
            looks.Add(look);
            return true;
        }
    }

    private static KeyForm? HexadecimalFormOf(string text, KeyForm form)
    {
        var hexadecimal = !form.HasMarker ? KeyForm.HexContinued
            : text.AsSpan(Prefix.Length).StartsWith("live_", StringComparison.Ordinal) ? KeyForm.HexLive
            : text.AsSpan(Prefix.Length).StartsWith("test_", StringComparison.Ordinal) ? KeyForm.HexTest
            : KeyForm.Hex;
        return text.Skip(hexadecimal.Prefix.Length).Count(static character => !char.IsAsciiHexDigitLower(character)) <= MostMistakes ? hexadecimal : null;
    }

    // A little before the first character, where it may have begun already.
    private static int FirstFrame(FreeReading free) => free.Frames.Count == 0 ? 0 : Math.Max(0, free.Frames[0] - 2);

    // Of several keys on the line, the one that was asked for.
    private static int? Begin(Emissions emissions, LineCrop crop, double from)
    {
        var places = PrefixSpotter.Find(emissions);
        return places.Count == 0 ? null : places.MinBy(place => Math.Abs(Column(crop, place.Start) - from)).Start;
    }

    // The search makes a key of anything; so what was seen has to say so by itself.
    private static bool IsBeginning(string free, int first) =>
        free.AsSpan(first).StartsWith("atpay", StringComparison.Ordinal)
        && first + Prefix.Length <= free.Length
        && free[first + Prefix.Length - 1] is '_' or '*' or '-'
        && (first == 0 || !char.IsAsciiLetterOrDigit(free[first - 1]));

    // It must not have been put together over marks and spaces either.
    private static bool IsOfAboutThatLength(string free, string key)
    {
        var body = free.AsSpan(Prefix.Length);
        if (body.StartsWith("live", StringComparison.Ordinal) || body.StartsWith("test", StringComparison.Ordinal))
        {
            body = body[KeyForm.MarkerLength..].TrimStart("_*- ");
        }

        var length = body.IndexOfAnyExcept(Body);
        var keyLength = key.Length - Prefix.Length - (key.Length > KeyForm.MarkerEnd && key[KeyForm.MarkerEnd] == '_' ? KeyForm.MarkerLength + 1 : 0);
        return Math.Abs((length < 0 ? body.Length : length) - keyLength) <= LengthTolerance;
    }

    private static int[] GlyphsOf(string text) => [.. text.Select(Glyph.Of)];

    private static Func<int, bool> UnderscoresOf(string text, KeyForm form) =>
        at => form.HasMarker && text[at] == '_' && at is 5 or KeyForm.MarkerEnd;

    private static double Column(LineCrop crop, int frame) => crop.ColumnInPicture((frame + 0.5) * Emissions.PixelsPerFrame);
}
