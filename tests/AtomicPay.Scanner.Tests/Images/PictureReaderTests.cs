using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Rules;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

public sealed class PictureReaderTests : IDisposable
{
    private readonly PictureReader _reader = new(static key => RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued);

    public PictureReaderTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_is_found_on_light_and_dark_screens(bool dark)
    {
        var key = DrawnPicture.Key(1);

        var reading = Read(DrawnPicture.Screen($"ATOMICPAY_API_KEY={key}", dark));

        reading.Incomplete.ShouldBeNull();
        var found = reading.Keys.ShouldHaveSingleItem();
        found.Key.ShouldBe(key);
        found.Confidence.ShouldBeInRange(0.9, 1);
        found.Region.Candidates.ShouldBe(1);
        found.Region.X.ShouldBeInRange(200, 270);
        found.Region.Y.ShouldBeInRange(55, 85);
        found.Region.Width.ShouldBeInRange(420, 490);
        found.Region.Height.ShouldBeInRange(10, 40);
    }

    [Fact]
    public void A_selected_key_is_found()
    {
        var key = DrawnPicture.Key(2);
        using var bitmap = DrawnPicture.Draw(["# settings", "", "PORT=8080", "LOG_LEVEL=debug"], dark: true);
        using (var canvas = new SKCanvas(bitmap))
        {
            using var selection = new SKPaint { Color = new SKColor(38, 79, 120) };
            canvas.DrawRect(SKRect.Create(125, 52, 470, 28), selection);
            DrawnPicture.DrawText(canvas, ["", $"API_KEY= {key}"], new SKColor(206, 145, 120), 20);
        }

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void A_key_that_is_wrapped_into_the_next_line_is_joined()
    {
        var key = DrawnPicture.Key(3, length: 48);
        var line = $"export ATOMICPAY_API_KEY={key}";
        using var bitmap = DrawnPicture.Draw(["$ cat settings", line[..48], line[48..], "$ ls"], width: 640);

        var found = Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem();

        found.Key.ShouldBe(key);
        found.Region.Height.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void A_wrapped_key_is_joined_over_the_numbers_of_its_lines()
    {
        var key = DrawnPicture.Key(3, length: 48);
        var line = $"export ATOMICPAY_API_KEY={key}";
        using var bitmap = DrawnPicture.Draw(["1  $ cat settings", $"2  {line[..48]}", $"3  {line[48..]}", "4  $ ls"], width: 640);

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void A_key_with_what_may_be_its_rest_below_it_is_not_certain()
    {
        var key = DrawnPicture.Key(24, length: 36);
        using var bitmap = DrawnPicture.Draw(["$ cat settings", $"TOKEN={key}", "Hwvi", "$ ls -la"], width: 640);

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Region.Candidates.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Two_keys_on_slanted_lines_are_two()
    {
        var keys = (string[])[DrawnPicture.Key(25, length: 48), DrawnPicture.Key(26)];
        using var bitmap = new SKBitmap(1000, 200);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            canvas.RotateDegrees(2);
            DrawnPicture.DrawText(canvas, ["{", $"  \"apiKey\": \"{keys[0]}\",", $"  \"apiKey1\": \"{keys[1]}\",", "}"], SKColors.Black, 20);
        }

        Read(DrawnPicture.Encode(bitmap)).Keys.Select(found => found.Key).ShouldBe(keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("atpay_Ke7w••••••••••••••••••••")]
    [InlineData("atpay_Ke7w********************")]
    [InlineData("atpay_xxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("atpay_idempotency_key_header_name")]
    [InlineData("atpayCreateChargeRequestHandler")]
    public void What_is_masked_or_only_a_name_is_not_reported(string text) =>
        Read(DrawnPicture.Screen($"API_KEY={text}")).Keys.ShouldBeEmpty();

    [Theory]
    [InlineData("…")]
    [InlineData("...")]
    public void A_key_that_is_cut_off_by_an_ellipsis_is_not_reported(string ellipsis) =>
        Read(DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(4, length: 20)}{ellipsis}")).Keys.ShouldBeEmpty();

    [Fact]
    public void A_key_at_the_end_of_a_sentence_is_found() =>
        Read(DrawnPicture.Screen($"The key is {DrawnPicture.Key(13)}. Keep it")).Keys.ShouldHaveSingleItem();

    [Theory]
    [InlineData("wechatpay_")]
    [InlineData("flatpay_")]
    [InlineData("beatpay_")]
    public void Keys_of_other_companies_are_not_reported(string prefix) =>
        Read(DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(5, prefix)}")).Keys.ShouldBeEmpty();

    [Fact]
    public void What_the_caller_knows_to_be_a_placeholder_is_not_reported()
    {
        using var reader = new PictureReader(static _ => false);

        reader.Read(DrawnPicture.Screen(DrawnPicture.Key(6)), TestContext.Current.CancellationToken).Keys.ShouldBeEmpty();
    }

    [Fact]
    public void Two_keys_are_two_readings_and_the_same_one_twice_is_one()
    {
        var one = DrawnPicture.Key(7);
        var two = DrawnPicture.Key(8);
        using var bitmap = DrawnPicture.Draw([$"KEY={one}", "PORT=8080", $"NEXT={two}", $"AGAIN={one}"]);

        Read(DrawnPicture.Encode(bitmap)).Keys.Select(static reading => reading.Key).ShouldBe([one, two]);
    }

    [Fact]
    public void Two_keys_on_one_line_are_two_readings()
    {
        var one = DrawnPicture.Key(17, length: 24);
        var two = DrawnPicture.Key(18, length: 24);
        using var bitmap = DrawnPicture.Draw([$"{one} {two}"]);

        Read(DrawnPicture.Encode(bitmap)).Keys.Select(static reading => reading.Key).ShouldBe([one, two]);
    }

    [Fact]
    public void A_key_wider_than_most_pictures_is_read_to_its_end()
    {
        var key = DrawnPicture.Key(19, length: 128);
        using var bitmap = DrawnPicture.Draw([$"API_KEY={key}"], width: 1800);

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void Line_numbers_and_settings_below_a_key_are_no_part_of_it()
    {
        var key = DrawnPicture.Key(20, length: 40);
        using var bitmap = DrawnPicture.Draw([$"330 API_KEY={key}", "331 8080", "332 const x4 = 5"]);

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void A_slanted_line_is_read()
    {
        var key = DrawnPicture.Key(21);
        using var bitmap = new SKBitmap(900, 200);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            canvas.RotateDegrees(1.5f);
            DrawnPicture.DrawText(canvas, ["# settings of the shop", $"API_KEY={key}", "PORT=8080"], SKColors.Black, 20);
        }

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void Readings_are_ranked_and_their_probabilities_add_up_to_one_at_most()
    {
        var readings = Read(DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(22)}")).Keys.ShouldHaveSingleItem().Readings;

        readings.Select(static reading => reading.Probability).ShouldBeInOrder(SortDirection.Descending);
        readings.Sum(static reading => reading.Probability).ShouldBeLessThanOrEqualTo(1.0001);
        readings.Select(static reading => reading.Text).ShouldBeUnique();
    }

    [Fact]
    public void Light_text_on_transparency_is_read()
    {
        using var bitmap = new SKBitmap(900, 100);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Transparent);
            DrawnPicture.DrawText(canvas, [$"API_KEY={DrawnPicture.Key(9)}", "PORT=8080"], SKColors.White, 20);
        }

        Read(DrawnPicture.Encode(bitmap)).Keys.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_box_is_that_of_the_picture_as_its_orientation_says_it_is_shown()
    {
        using var shown = DrawnPicture.Draw(["# settings", $"API_KEY={DrawnPicture.Key(10)}", "PORT=8080"]);
        using var stored = new SKBitmap(shown.Height, shown.Width);
        using (var canvas = new SKCanvas(stored))
        {
            // A quarter turn against the clock; orientation 6 asks the viewer to turn it back.
            canvas.Translate(0, shown.Width);
            canvas.RotateDegrees(-90);
            canvas.DrawBitmap(shown, 0, 0, SKSamplingOptions.Default);
        }

        var region = Read(PictureBytes.WithOrientation(DrawnPicture.Encode(stored, SKEncodedImageFormat.Jpeg), 6)).Keys.ShouldHaveSingleItem().Region;

        region.X.ShouldBeInRange(100, 140);
        region.Y.ShouldBeInRange(55, 85);
        region.Width.ShouldBeGreaterThan(10 * region.Height);
    }

    [Fact]
    public void A_key_in_the_second_frame_is_found()
    {
        var reading = Read(PictureBytes.Gif(900, 150, static canvas => canvas.Clear(SKColors.White), static canvas =>
            DrawnPicture.DrawText(canvas, ["# settings", $"API_KEY={DrawnPicture.Key(11)}", "PORT=8080"], SKColors.Black, 20)));

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldHaveSingleItem().Frame.ShouldBe(1);
    }

    [Fact]
    public void A_key_on_the_second_page_of_a_tiff_is_found()
    {
        using var first = DrawnPicture.Draw(["nothing here"]);
        using var second = DrawnPicture.Draw(["# settings", $"API_KEY={DrawnPicture.Key(12)}", "PORT=8080"]);

        var reading = Read(PictureBytes.Tiff(first, second));

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldHaveSingleItem().Frame.ShouldBe(1);
    }

    private PictureReading Read(byte[] content)
    {
        var reading = _reader.Read(content, TestContext.Current.CancellationToken);
        Assert.SkipWhen(_reader.Unavailable is not null, _reader.Unavailable ?? "");
        return reading;
    }
}
