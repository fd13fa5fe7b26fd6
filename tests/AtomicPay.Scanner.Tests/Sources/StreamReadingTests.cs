using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Tests.Sources;

public sealed class StreamReadingTests
{
    private static readonly Origin Somewhere = new Origin.File("somewhere");

    [Fact]
    public void A_small_content_is_handed_on_whole() => Read(Bytes(100_000), 100_000).Whole.Single().Bytes.Length.ShouldBe(100_000);

    [Fact]
    public void A_content_of_unknown_length_is_read_to_its_end() => Read(Bytes(300_000), null).Whole.Single().Bytes.ShouldBe(Bytes(300_000));

    [Fact]
    public void An_empty_content_is_a_content() => Read([], null).Whole.Single().Bytes.ShouldBeEmpty();

    [Theory]
    [InlineData(StreamReading.WindowSize)]
    [InlineData(StreamReading.WindowSize + 1)]
    [InlineData((3 * StreamReading.WindowSize) - (2 * ContentWindow.Overlap))]
    [InlineData((3 * StreamReading.WindowSize) + 12345)]
    public void The_windows_of_a_large_content_cover_every_byte_and_overlap(int length)
    {
        var bytes = Bytes(length);
        var sink = Read(bytes, length);

        var pieces = sink.Windows.Select(w => (w.Position, w.Bytes)).Concat(sink.Whole.Select(w => (new ContentWindow(0, 0, 0), w.Bytes))).ToList();
        var end = 0L;
        foreach (var (position, piece) in pieces)
        {
            position.Offset.ShouldBe(Math.Max(0, end - ContentWindow.Overlap));
            piece.ShouldBe(bytes.AsSpan((int)position.Offset, piece.Length).ToArray());
            position.LineBreaks.ShouldBe(bytes.AsSpan(0, (int)position.Offset).Count((byte)'\n'));
            position.LineStart.ShouldBe(bytes.AsSpan(0, (int)position.Offset).LastIndexOf((byte)'\n') + 1);
            end = position.Offset + piece.Length;
        }

        end.ShouldBe(length);
        sink.Skipped.ShouldBeEmpty();
    }

    [Fact]
    public void A_large_picture_is_handed_on_whole() =>
        Read(Bytes(2 * StreamReading.WindowSize), 2 * StreamReading.WindowSize, wantsWhole: true).Whole.Single().Bytes.Length.ShouldBe(2 * StreamReading.WindowSize);

    [Theory]
    [InlineData(1000, 400)]
    [InlineData(3 * StreamReading.WindowSize, StreamReading.WindowSize + 7)]
    public void A_file_that_shrinks_while_it_is_read_is_scanned_as_far_as_it_goes_and_reported(int promised, int present)
    {
        var sink = Read(Bytes(present), promised);

        sink.Whole.Sum(w => w.Bytes.Length).ShouldBe(sink.Windows.IsEmpty ? present : 0);
        sink.Skipped.Single().Reason.ShouldBe($"became shorter while it was read: {present} of {promised} bytes were scanned");
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_ends_at_its_first_length() => Read(Bytes(5000), 1000).Whole.Single().Bytes.Length.ShouldBe(1000);

    private static CollectingSink Read(byte[] bytes, long? length, bool wantsWhole = false)
    {
        var sink = new CollectingSink { WantsWhole = wantsWhole };
        using var stream = new MemoryStream(bytes);

        // Odd sizes, as a pipe gives them.
        StreamReading.Read(buffer => stream.Read(buffer[..Math.Min(buffer.Length, 777_777)]), length, Somewhere, sink, CancellationToken.None);
        return sink;
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
