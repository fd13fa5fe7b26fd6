using System.Globalization;
using AtomicPay.Scanner.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>
/// Pictures that are cut off, altered, or made to harm. Each is read here without the process that would otherwise take the crash, so
/// that a crash would be seen. <c>PICTURE_FAULT_SEEDS=1000</c> tries as many altered files of each format as the release is judged by.
/// </summary>
public sealed class HostilePictureTests : IDisposable
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("PICTURE_FAULT_SEEDS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 20;

    private readonly PictureReader _reader = new(static _ => true);

    public HostilePictureTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");

    public void Dispose() => _reader.Dispose();

    public static TheoryData<string> Formats() => [.. PictureSamples.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_off_anywhere_is_said_to_be(string format)
    {
        var whole = PictureSamples.Of(format);
        Read(whole).Incomplete.ShouldBeNull();
        for (var percent = 5; percent < 95; percent += 5)
        {
            var cut = whole[..(whole.Length * percent / 100)];
            if (PictureReader.LooksLikePicture(cut))
            {
                Read(cut).Incomplete.ShouldNotBeNull($"{format} cut off after {percent} %");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bits_that_changed_never_bring_the_reader_down(string format)
    {
        var whole = PictureSamples.Of(format);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var altered = (byte[])whole.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
            {
                altered[random.Next(altered.Length)] ^= (byte)(1 << random.Next(8));
            }

            Should.NotThrow(() => Read(altered), $"{format}, seed {seed}");
        }
    }

    [Fact]
    public void Millions_of_empty_chunks_are_no_matter()
    {
        var whole = PictureSamples.Of("png");
        byte[] chunks = [.. Enumerable.Repeat(PictureSamples.Chunk("teXt", []), 200_000).SelectMany(static chunk => chunk)];

        Read([.. whole[..33], .. chunks, .. whole[33..]]).Incomplete.ShouldBeNull();
    }

    [Fact]
    public void A_picture_with_a_great_deal_of_metadata_is_read()
    {
        var whole = PictureSamples.Of("jpeg");
        byte[] segment = [0xFF, 0xE1, 0xFF, 0xFF, .. new byte[0xFFFD]];

        Read([.. whole[..2], .. Enumerable.Repeat(segment, 400).SelectMany(static one => one), .. whole[2..]]).Incomplete.ShouldBeNull();
    }

    [Fact]
    public void Pixels_that_unpack_to_far_more_than_they_take_are_read_in_bounded_memory()
    {
        // 64 million pixels of one colour.
        byte[] bomb = [0x89, .. "PNG\r\n\u001a\n"u8, .. PictureSamples.Header(8_000, 8_000), .. PictureSamples.Chunk("IDAT", PictureSamples.Zlib(new byte[8_001 * 8_000])), .. PictureSamples.Chunk("IEND", [])];

        var reading = Read(bomb);

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(-1, 100)]
    public void A_size_that_no_picture_has_is_refused(int width, int height)
    {
        byte[] png = [0x89, .. "PNG\r\n\u001a\n"u8, .. PictureSamples.Header(width, height), .. PictureSamples.Chunk("IDAT", PictureSamples.Zlib(new byte[100])), .. PictureSamples.Chunk("IEND", [])];

        Read(png).Incomplete.ShouldNotBeNull();
    }

    [Fact]
    public void Many_thousand_frames_of_which_each_is_the_same_are_read()
    {
        var gif = PictureBytes.Gif(40, 10, static canvas => canvas.Clear(SKColors.White));
        var frame = gif[19..^1];

        Read([.. gif[..19], .. Enumerable.Repeat(frame, 3_000).SelectMany(static one => one), .. gif[^1..]]).Incomplete.ShouldBeNull();
    }

    [Fact]
    public void Pages_that_lead_back_to_themselves_end()
    {
        using var bitmap = DrawnPicture.Draw(["one"], width: 200);
        var tiff = PictureBytes.Tiff(bitmap);
        // The link to the next page, behind the nine entries of the first, leads to the first.
        tiff[8 + 2 + (9 * 12)] = 8;

        Should.NotThrow(() => Read(tiff));
    }

    [Fact]
    public void A_key_late_in_a_long_recording_is_found()
    {
        var frames = new Action<SKCanvas>[90];
        for (var i = 0; i < frames.Length; i++)
        {
            var line = i == frames.Length - 1 ? $"API_KEY={DrawnPicture.Key(51)}" : $"{i} of the lines of a log that goes on";
            frames[i] = canvas => DrawnPicture.DrawText(canvas, ["# log", line], SKColors.Black, 20);
        }

        var reading = Read(PictureBytes.Gif(700, 110, frames));

        reading.Incomplete.ShouldBeNull();
        reading.Keys.ShouldHaveSingleItem().Frame.ShouldBe(frames.Length - 1);
    }

    private PictureReading Read(byte[] content) => _reader.Read(content, TestContext.Current.CancellationToken);
}
