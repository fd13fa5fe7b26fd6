using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Lines;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

public sealed class LineFinderTests
{
    public LineFinderTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");

    [Theory]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(22)]
    [InlineData(40)]
    public void A_line_of_text_is_found_in_small_and_large_letters(float size)
    {
        var (lines, width) = Lines(size, $"API_KEY={DrawnPicture.Key(1, length: 24)}");

        lines.ShouldContain(line => line.Left <= 20 + (8 * size) && line.Right >= width - 22 - (2 * size) && line.Height < 2 * size, $"{string.Join(", ", lines)} of {width}");
    }

    [Fact]
    public void Lines_one_below_the_other_stay_apart()
    {
        var (lines, _) = Lines(16, "the first line of the settings", "the second line of the settings", "the third line of the settings");

        lines.Select(line => line.Top / 24).Distinct().Count().ShouldBe(3);
        lines.ShouldAllBe(line => line.Height < 24);
    }

    [Fact]
    public void Text_on_a_dark_ground_is_found_as_well_as_on_a_light_one()
    {
        using var light = DrawnPicture.Draw(["a line of ordinary text"]);
        using var dark = DrawnPicture.Draw(["a line of ordinary text"], dark: true);

        Lines(dark).Count.ShouldBe(Lines(light).Count);
    }

    [Fact]
    public void Frames_and_rules_are_no_text()
    {
        using var bitmap = new SKBitmap(600, 400);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var stroke = new SKPaint { Color = SKColors.Black, StrokeWidth = 2, IsStroke = true };
            canvas.Clear(SKColors.White);
            for (var i = 0; i < 6; i++)
            {
                canvas.DrawRect(SKRect.Create(20 + (30 * i), 20 + (30 * i), 400, 200), stroke);
                canvas.DrawLine(0, 40 * i, 600, 40 * i, stroke);
            }
        }

        Lines(bitmap).ShouldBeEmpty();
    }

    [Fact]
    public void A_picture_of_noise_has_no_lines()
    {
        var pixels = new byte[800 * 600];
        new Random(3).NextBytes(pixels);

        LineBoxes.Of(LineFinder.Pieces(new GrayPicture(pixels, 800, 600))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 200)]
    [InlineData(200, 1)]
    [InlineData(17, 46)]
    public void Pictures_of_any_size_are_looked_through(int width, int height)
    {
        var pixels = new byte[width * height];
        new Random(4).NextBytes(pixels);

        Should.NotThrow(() => LineBoxes.Of(LineFinder.Pieces(new GrayPicture(pixels, width, height))));
    }

    [Fact]
    public void Runs_are_the_marked_pixels_of_each_row()
    {
        const int width = 37;
        var random = new Random(5);
        var marks = new byte[width * 20];
        foreach (ref var mark in marks.AsSpan())
        {
            mark = random.Next(3) == 0 ? (byte)255 : (byte)0;
        }

        var runs = PixelRuns.Of(marks, width, 20);

        var drawn = new byte[marks.Length];
        for (var y = 0; y < 20; y++)
        {
            foreach (var run in runs.Row(y))
            {
                drawn.AsSpan((y * width) + run.Start, run.End - run.Start).Fill(255);
            }
        }

        drawn.ShouldBe(marks);
    }

    [Fact]
    public void Regions_are_what_touches_from_row_to_row()
    {
        string[] drawn =
        [
            "##...##...",
            ".#...#...#",
            ".#####...#",
            "..........",
            "###....###",
        ];
        var marks = drawn.SelectMany(static row => row.Select(static pixel => pixel == '#' ? (byte)255 : (byte)0)).ToArray();

        var regions = InkRegion.Of(PixelRuns.Of(marks, 10, drawn.Length));

        regions.Select(region => (region.Box, region.Area)).ShouldBe(
        [
            (new PixelBox(0, 0, 7, 3), 11), (new PixelBox(9, 1, 10, 3), 2), (new PixelBox(0, 4, 3, 5), 3), (new PixelBox(7, 4, 10, 5), 3),
        ], ignoreOrder: true);
    }

    private static (List<PixelBox> Lines, int Width) Lines(float size, params string[] text)
    {
        using var bitmap = new SKBitmap(40 + (int)(text.Max(static line => line.Length) * size * 0.602f), 60 + (int)(text.Length * size * 1.5f));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            DrawnPicture.DrawText(canvas, text, SKColors.Black, size);
        }

        return (Lines(bitmap), bitmap.Width);
    }

    private static List<PixelBox> Lines(SKBitmap bitmap)
    {
        List<PixelBox> lines = [];
        PictureDecoder.Decode(DrawnPicture.Encode(bitmap), (picture, _) =>
        {
            lines = LineBoxes.Of(LineFinder.Pieces(picture));
            return false;
        });
        return lines;
    }
}
