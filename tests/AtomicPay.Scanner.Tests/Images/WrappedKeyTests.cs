using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Images.Keys;

namespace AtomicPay.Scanner.Tests.Images;

public sealed class WrappedKeyTests
{
    private static readonly string Begun = DrawnPicture.Key(1, length: 24);
    private static readonly string Hex = $"atpay_{Convert.ToHexStringLower(Enumerable.Range(1, 11).Select(static i => (byte)(i * 23)).ToArray())}";

    [Theory]
    [InlineData("Kx8mQ2vT", "Kx8mQ2vT")]
    [InlineData("Kx8mQ2vT", "Kx8mQ2vT*")]
    [InlineData("Kx8mQ2vT", "Kx8mQ2vT** *d amount*7222")]
    [InlineData("8Kq", "8Kq")]
    public void What_looks_like_the_rest_of_a_key_is_one(string rest, string free) => Continuation.IsRestOf(Begun, rest, free).ShouldBeTrue();

    [Theory]
    [InlineData("331", "331 const key", "a line number")]
    [InlineData("8080", "8080", "a port")]
    [InlineData("PORT", "PORT*8080", "a setting")]
    [InlineData("L0G", "LOG_LEVEL*debug", "a setting with an underscore")]
    [InlineData("ubuntu0ip", "ubuntu*ip-10-0-3-17", "a prompt")]
    [InlineData("fi", "fi", "a word of a script")]
    [InlineData("payments", "payments are ready", "a sentence")]
    public void What_else_may_stand_below_a_key_is_not(string rest, string free, string what) =>
        Continuation.IsRestOf(Begun, rest, free).ShouldBeFalse(what);

    [Fact]
    public void A_key_too_short_to_be_whole_takes_any_rest() => Continuation.IsRestOf("atpay_live_Kx8m", "payments", "payments").ShouldBeTrue();

    [Fact]
    public void A_key_in_hexadecimal_digits_takes_no_other_rest()
    {
        Continuation.IsRestOf(Hex, "9f3e02c1d4", "9f3e02c1d4*").ShouldBeTrue();
        Continuation.IsRestOf(Hex, "9f3eK2c1d4", "9f3eK2c1d4*").ShouldBeFalse();
    }

    [Fact]
    public void A_key_in_hexadecimal_digits_of_a_usual_length_is_whole() =>
        Continuation.IsRestOf($"{Hex}0123456789", "9f3e02c1d4", "9f3e02c1d4").ShouldBeFalse();

    [Fact]
    public void The_line_below_begins_where_its_own_column_does()
    {
        var key = new PixelBox(300, 100, 600, 120);
        List<PixelBox> pieces =
        [
            new(200, 103, 600, 117), // the key's own line
            new(10, 123, 120, 137), // a side bar
            new(200, 123, 420, 137), // the line below
            new(700, 123, 900, 137), // another column
            new(200, 143, 500, 157), // the line after that
        ];

        WrappedLine.RunsToEdge(key, 8, pieces).ShouldBeTrue();
        WrappedLine.Below(key, 8, pieces).First().ShouldBe(pieces[2]);
    }

    [Fact]
    public void A_key_that_ends_before_other_lines_do_was_not_wrapped()
    {
        var key = new PixelBox(100, 100, 400, 120);
        List<PixelBox> pieces = [new(10, 103, 400, 117), new(10, 123, 700, 137)];

        WrappedLine.RunsToEdge(key, 8, pieces).ShouldBeFalse();
    }
}
