using System.Buffers.Binary;
using AtomicPay.Scanner.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

public sealed class DamagedPictureTests : IDisposable
{
    private readonly PictureReader _reader = new(static _ => true);

    public DamagedPictureTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void A_picture_that_is_cut_off_is_read_as_far_as_it_goes_and_says_so()
    {
        using var bitmap = DrawnPicture.Draw([$"API_KEY={DrawnPicture.Key(1)}", .. Enumerable.Range(0, 20).Select(static i => $"line {i} of the log")]);
        var whole = DrawnPicture.Encode(bitmap);

        var reading = Read(whole[..(whole.Length * 7 / 10)]);

        reading.Incomplete.ShouldNotBeNull().ShouldContain("cut off");
        Assert.SkipWhen(_reader.Unavailable is not null, _reader.Unavailable ?? "");
        reading.Keys.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_of_noise_after_its_signature_gives_a_reason(SKEncodedImageFormat format)
    {
        using var bitmap = DrawnPicture.Draw(["one", "two"]);
        var content = DrawnPicture.Encode(bitmap, format);
        new Random(1).NextBytes(content.AsSpan(16));

        var reading = Read(content);

        reading.Keys.ShouldBeEmpty();
        reading.Incomplete.ShouldNotBeNull();
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        using var bitmap = DrawnPicture.Draw(["one", "two"], width: 200);
        var random = new Random(2);
        byte[][] pictures =
        [
            DrawnPicture.Encode(bitmap), DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Jpeg), DrawnPicture.Encode(bitmap, SKEncodedImageFormat.Webp),
            PictureBytes.Tiff(bitmap), PictureBytes.Gif(60, 8, static canvas => canvas.Clear(SKColors.White), static canvas => canvas.Clear(SKColors.Black)),
        ];
        foreach (var picture in pictures)
        {
            for (var i = 0; i < 40; i++)
            {
                var damaged = picture[..random.Next(picture.Length)];
                for (var j = 0; j < 4 && damaged.Length > 0; j++)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                Should.NotThrow(() => Read(damaged));
            }
        }
    }

    [Fact]
    public void A_header_that_claims_a_giant_picture_is_refused_before_anything_is_decoded()
    {
        using var bitmap = DrawnPicture.Draw(["one"]);
        var content = DrawnPicture.Encode(bitmap);
        const int header = 12;
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(header + 4), 50_000);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(header + 8), 50_000);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(header + 17), PictureBytes.Crc32(content.AsSpan(header, 17)));

        Read(content).Incomplete.ShouldBe("the picture is 50000 x 50000 pixels, more than the limit of 100 million");
    }

    [Fact]
    public void A_picture_of_one_colour_is_read_and_shows_nothing()
    {
        using var bitmap = new SKBitmap(400, 300);
        bitmap.Erase(SKColors.CornflowerBlue);

        var reading = Read(DrawnPicture.Encode(bitmap));

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(20_000, 30)]
    [InlineData(30, 20_000)]
    public void Long_and_narrow_pictures_are_read(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            DrawnPicture.DrawText(canvas, [string.Concat(Enumerable.Repeat("a line without an end ", 80))], SKColors.Black, 14);
        }

        var reading = Read(DrawnPicture.Encode(bitmap));

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldBeEmpty();
    }

    [Fact]
    public void Text_is_no_picture_even_if_it_begins_like_one()
    {
        PictureReader.LooksLikePicture("BMW, Audi and other makers of cars that are not bitmaps"u8).ShouldBeFalse();
        PictureReader.LooksLikePicture("RIFFraff is not a picture of the web at all, whatever"u8).ShouldBeFalse();
        PictureReader.LooksLikePicture("\u0089PNG"u8).ShouldBeFalse();
        PictureReader.LooksLikePicture(DrawnPicture.Screen("a picture")).ShouldBeTrue();
    }

    private PictureReading Read(byte[] content) => _reader.Read(content, TestContext.Current.CancellationToken);
}
