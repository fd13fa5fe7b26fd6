using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Tests.Findings;

public sealed class LineCounterTests
{
    [Fact]
    public void Lines_and_columns_count_from_one() => RegionOf("key", "key").ShouldBe((1, 1, 1, 4));

    [Fact]
    public void Both_kinds_of_line_end_count_once() => RegionOf("a\r\nb\n  key", "key").ShouldBe((3, 3, 3, 6));

    [Fact]
    public void Columns_are_utf16_code_units_and_not_bytes() => RegionOf("ção 😀 key", "key").ShouldBe((1, 8, 1, 11));

    [Fact]
    public void A_key_over_two_lines_ends_on_the_second() => RegionOf("x\nke\ny!", "ke\ny").ShouldBe((2, 1, 3, 2));

    [Fact]
    public void Later_offsets_go_on_from_earlier_ones()
    {
        var lines = new LineCounter("a\nb\nc\n"u8, default);
        lines.RegionOf(0, 1).StartLine.ShouldBe(1);
        lines.RegionOf(2, 1).StartLine.ShouldBe(2);
        lines.RegionOf(4, 1).StartLine.ShouldBe(3);
    }

    [Fact]
    public void A_window_counts_from_where_it_lies()
    {
        var lines = new LineCounter("cd\nkey"u8, new ContentWindow(Offset: 102, LineBreaks: 9, LineStart: 100));
        var onSeam = lines.RegionOf(0, 1);
        (onSeam.StartLine, onSeam.StartColumn, onSeam.ByteOffset).ShouldBe((10, 3, 102L));
        var next = lines.RegionOf(3, 3);
        (next.StartLine, next.StartColumn, next.ByteOffset).ShouldBe((11, 1, 105L));
    }

    private static (int, int, int, int) RegionOf(string text, string key)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key));
        var region = new LineCounter(bytes, default).RegionOf(at, Encoding.UTF8.GetByteCount(key));
        return (region.StartLine, region.StartColumn, region.EndLine, region.EndColumn);
    }
}
