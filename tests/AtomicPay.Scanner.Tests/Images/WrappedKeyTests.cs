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
    [InlineData("c9", "c9* https*api")]
    [InlineData("OO", "OO**")]
    [InlineData("biP", "biP*")]
    [InlineData("WBh-FQWh8qt3JACsA", "WBh-FQWh8qt3JACsA * wl-copy")]
    public void What_looks_like_the_rest_of_a_key_is_one(string rest, string free) => Continuation.IsRestOf(Begun, rest, free, isOutdented: static () => false).ShouldBeTrue();

    [Theory]
    [InlineData("331", "331 const key", "a line number")]
    [InlineData("8080", "8080", "a port")]
    [InlineData("PORT", "PORT*8080", "a setting")]
    [InlineData("L0G", "LOG_LEVEL*debug", "a setting with an underscore")]
    [InlineData("ubuntu0ip", "ubuntu*ip-10-0-3-17", "a prompt")]
    [InlineData("fi", "fi", "a word of a script")]
    [InlineData("payments", "payments are ready", "a sentence")]
    [InlineData("OK", "OK", "a word in capital letters")]
    [InlineData("env", "env*", "a key of YAML")]
    [InlineData("Ok", "Ok* thanks", "a word with a mark")]
    [InlineData("12", "12*", "a number with a mark")]
    [InlineData("payments-v2Beta8", "payments-v2Beta8", "the name of a branch")]
    [InlineData("release_2026", "release_2026", "the name of a file")]
    public void What_else_may_stand_below_a_key_is_not(string rest, string free, string what) =>
        Continuation.IsRestOf(Begun, rest, free, isOutdented: static () => false).ShouldBeFalse(what);

    [Theory]
    [InlineData("gyQ", true)]
    [InlineData("PUTdx", true)]
    [InlineData("50", false)]
    [InlineData("ports", false)]
    [InlineData("Done", false)]
    [InlineData("foo*", false)]
    public void What_stands_alone_and_left_of_the_line_of_the_key_is_its_rest_but_for_words_and_numbers(string free, bool isRest) =>
        Continuation.IsRestOf(Begun, free.TrimEnd('*'), free, isOutdented: static () => true).ShouldBe(isRest);

    [Fact]
    public void A_key_too_short_to_be_whole_takes_any_rest() => Continuation.IsRestOf("atpay_live_Kx8m", "payments", "payments", isOutdented: static () => false).ShouldBeTrue();

    [Fact]
    public void A_key_in_hexadecimal_digits_takes_no_other_rest()
    {
        Continuation.IsRestOf(Hex, "9f3e02c1d4", "9f3e02c1d4*", isOutdented: static () => false).ShouldBeTrue();
        Continuation.IsRestOf(Hex, "9f3eK2c1d4", "9f3eK2c1d4*", isOutdented: static () => false).ShouldBeFalse();
    }

    [Fact]
    public void A_key_in_hexadecimal_digits_of_a_usual_length_is_whole() =>
        Continuation.IsRestOf($"{Hex}0123456789", "9f3e02c1d4", "9f3e02c1d4", isOutdented: static () => false).ShouldBeFalse();

    [Fact]
    public void A_key_in_hexadecimal_digits_of_a_usual_length_goes_on_to_another_one() =>
        Continuation.IsRestOf($"{Hex}0123456789", "9f3e02c1d49f3e02", "9f3e02c1d49f3e02", isOutdented: static () => false).ShouldBeTrue();

    [Theory]
    [InlineData("Hwvi", true)]
    [InlineData("Dj*", true)]
    [InlineData("ports*", false)]
    [InlineData("49 ", false)]
    [InlineData("daily account plan", false)]
    [InlineData("* ", false)]
    public void What_stands_alone_below_a_key_and_is_no_word_makes_it_uncertain(string free, bool isUncertain) =>
        Continuation.MayBeRest(free).ShouldBe(isUncertain);

    [Fact]
    public void A_line_that_was_cut_off_at_an_underscore_goes_on_behind_it()
    {
        var part = new PixelBox(300, 100, 600, 120);
        List<PixelBox> pieces =
        [
            new(608, 103, 700, 117), // after an underscore
            new(712, 103, 750, 117), // after another one
            new(790, 103, 900, 117), // another word
            new(608, 128, 640, 142), // another line
        ];

        new WrappedLine(part, 10, 0, pieces).EndOfWord().ShouldBe(750);
        new WrappedLine(part, 10, 0, []).EndOfWord().ShouldBe(600);
    }

    [Fact]
    public void A_line_whose_letters_were_taken_too_high_still_has_its_nearest_line_below_it()
    {
        var key = new PixelBox(100, 90, 400, 137); // letters 10 pixels wide, and half of the next line
        List<PixelBox> pieces = [new(100, 105, 400, 121), new(100, 130, 300, 146), new(100, 155, 380, 171)];

        new WrappedLine(key, 10, 0, pieces).Below().First().ShouldBe(pieces[1]);
    }

    [Fact]
    public void The_line_below_a_slanted_one_is_found_where_it_goes_down()
    {
        var key = new PixelBox(300, 80, 700, 120); // goes down by 20 pixels, and so do the others
        List<PixelBox> pieces = [new(100, 73, 700, 117), new(100, 101, 500, 135), new(100, 131, 460, 163)];

        new WrappedLine(key, 10, 0.05, pieces).Below().First().MostlyCovers(pieces[1]).ShouldBeTrue();
    }

    [Fact]
    public void Two_slanted_lines_are_two_although_their_boxes_lie_on_each_other()
    {
        var upper = Candidate(new PixelBox(200, 62, 1000, 118));
        var lower = Candidate(new PixelBox(220, 88, 740, 134));

        upper.IsOn(lower).ShouldBeFalse();
        upper.Holds(new PixelBox(220, 88, 250, 116)).ShouldBeFalse();
        upper.Holds(new PixelBox(960, 90, 990, 118)).ShouldBeTrue();
        upper.IsOn(Candidate(new PixelBox(210, 63, 840, 113))).ShouldBeTrue();
    }

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

        new WrappedLine(key, 8, 0, pieces).RunsToEdge().ShouldBeTrue();
        new WrappedLine(key, 8, 0, pieces).Below().First().ShouldBe(pieces[2]);
    }

    [Fact]
    public void A_key_that_ends_before_other_lines_do_was_not_wrapped()
    {
        var key = new PixelBox(100, 100, 400, 120);
        List<PixelBox> pieces = [new(10, 103, 400, 117), new(10, 123, 700, 137)];

        new WrappedLine(key, 8, 0, pieces).RunsToEdge().ShouldBeFalse();
    }

    private static KeyCandidate Candidate(PixelBox line) => new([new RankedReading(Begun, 1)], [line], 1, 16, Slope: 0.035);
}
