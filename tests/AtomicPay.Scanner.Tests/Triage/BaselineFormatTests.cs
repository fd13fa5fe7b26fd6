using System.Text;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Triage;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Triage;

public sealed class BaselineFormatTests
{
    [Fact]
    public void What_was_written_is_read_again_whatever_the_path()
    {
        const string Unusual = "é\uDCFF\n\t#%\x7F漢";
        var paths = Gen.OneOf(Gen.Char[' ', '~'], Gen.Int[0, Unusual.Length - 1].Select(i => Unusual[i])).Array[1, 20].Select(c => new string(c));
        paths.Array[0, 8].Sample(all =>
        {
            var entries = all.Select((p, i) => new BaselineEntry(HashOf(i), p, i % 2 == 0 ? null : "because, # and all", 0)).ToList();

            var read = BaselineFormat.Read("known.txt", BaselineFormat.Write(introduction: null, entries)).Entries;
            read.Select(e => e with { Line = 0 }).ShouldBe(entries, ignoreOrder: true);
        });
    }

    [Fact]
    public void Lines_are_sorted_and_each_stands_there_once()
    {
        var text = Encoding.UTF8.GetString(BaselineFormat.Write("# mine\n", [new(HashOf(2), "a", null, 0), new(HashOf(1), "b", "x", 0), new(HashOf(1), "a", null, 0), new(HashOf(2), "a", null, 0)]));

        text.ShouldBe($"# mine\n{HashOf(1)}  a\n{HashOf(1)}  b  # x\n{HashOf(2)}  a\n");
    }

    [Fact]
    public void What_two_branches_added_may_stand_there_in_any_order_and_twice()
    {
        var line = $"{HashOf(1)}  a\n";
        var entries = BaselineFormat.Read("known.txt", Encoding.UTF8.GetBytes($"# mine\n{HashOf(2)}\tb  # why\r\n\n{line}{line}")).Entries;

        entries.Select(e => (e.Sha256, e.Path, e.Reason)).ShouldBe([(HashOf(2), "b", "why"), (HashOf(1), "a", null), (HashOf(1), "a", null)]);
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\n", "known.txt:1:1: A merge left a conflict here")]
    [InlineData("# x\n=======\n", "known.txt:2:1: A merge left a conflict here")]
    [InlineData("abc  path\n", "known.txt:1:1: A line of a baseline begins with the SHA-256")]
    [InlineData("{hash}\n", "known.txt:1:67: Behind the SHA-256 stands one path")]
    [InlineData("{hash}  a b\n", "known.txt:1:67: Behind the SHA-256 stands one path")]
    [InlineData("{hash}  # reason only\n", "known.txt:1:67: Behind the SHA-256 stands one path")]
    public void A_line_that_is_none_is_an_error_with_its_place(string text, string beginning)
    {
        Should.Throw<ConfigurationException>(() => BaselineFormat.Read("known.txt", Encoding.UTF8.GetBytes(text.Replace("{hash}", HashOf(1), StringComparison.Ordinal))))
            .Message.ShouldStartWith(beginning);
    }

    private static string HashOf(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
}
