using System.Text;

namespace AtomicPay.Scanner.Rules.Tests.Matching;

public class BoundaryTests
{
    private static readonly string Key = Keys.Base62Key(11);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\\n")]
    [InlineData("\\t")]
    [InlineData("\\r")]
    [InlineData("\\\\n")]
    [InlineData("%3D")]
    [InlineData("%20")]
    [InlineData("%22")]
    [InlineData("%0A")]
    [InlineData("=3D")]
    [InlineData("=20")]
    [InlineData("\\u003d")]
    [InlineData("\\u0022")]
    [InlineData("\\x3d")]
    [InlineData("\\x22")]
    [InlineData("\\075")]
    [InlineData("\u001b[0m")]
    [InlineData("\u001b[1;32m")]
    [InlineData("\\u001b[33m")]
    [InlineData("\\x1b[33m")]
    [InlineData("\\033[1m")]
    [InlineData("\\e[1m")]
    [InlineData("[32m")]
    [InlineData("&quot;")]
    [InlineData("&#61;")]
    [InlineData("\\\"")]
    [InlineData("KEY=")]
    [InlineData("https://example.invalid/")]
    [InlineData("curl -u")]
    [InlineData("curl -H")]
    [InlineData("'-p")]
    [InlineData("prod-")]
    [InlineData(".")]
    [InlineData("密钥")]
    [InlineData("“")]
    [InlineData("chave…")]
    public void A_key_may_begin_after(string before)
    {
        var match = Scan.One(before + Key);
        match.Key.ShouldBe(Key);
        match.Offset.ShouldBe(Encoding.UTF8.GetByteCount(before));
        match.Length.ShouldBe(Key.Length);
    }

    [Theory]
    [InlineData("wech")]
    [InlineData("fl")]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("my_")]
    [InlineData("%41")]
    [InlineData("\\u0077")]
    [InlineData("\\x77")]
    [InlineData("&#119;")]
    [InlineData("\\u{77}")]
    [InlineData("%5F")]
    [InlineData("--option")]
    [InlineData("é")]
    [InlineData("n")]
    public void A_key_does_not_begin_after(string before) => Scan.Text(before + Key).ShouldBeEmpty();

    [Theory]
    [InlineData("\\n")]
    [InlineData("\"")]
    [InlineData("\\u0026next=1")]
    [InlineData("%26limit=20")]
    [InlineData("&limit=20")]
    [InlineData("&quot;")]
    [InlineData("</b>")]
    [InlineData("<br>")]
    [InlineData(".")]
    [InlineData(". Next")]
    [InlineData(", and")]
    [InlineData(":")]
    [InlineData("@host")]
    [InlineData("\u001b[0m")]
    [InlineData("=")]
    [InlineData("*/")]
    [InlineData("`")]
    [InlineData("\0\0")]
    public void A_key_ends_before(string after) => Scan.One("k " + Key + after).Key.ShouldBe(Key);

    [Theory]
    [InlineData("***")]
    [InlineData("••••")]
    [InlineData("…")]
    [InlineData("...")]
    [InlineData("████")]
    [InlineData("${rest}")]
    [InlineData("{{rest}}")]
    [InlineData("%s")]
    [InlineData("<redacted>")]
    [InlineData("[REDACTED]")]
    [InlineData("[...]")]
    public void A_key_that_goes_on_unseen_is_not_reported(string after) => Scan.Text("k=" + Key + after).ShouldBeEmpty();

    [Fact]
    public void Emphasis_around_a_key_is_not_part_of_it()
    {
        Scan.One($"__{Key}__").Key.ShouldBe(Key);
        Scan.One($"***{Key}***").Key.ShouldBe(Key);
        Scan.One($"_{Key}_").Length.ShouldBe(Key.Length);
    }

    [Fact]
    public void A_body_may_have_16_to_128_characters()
    {
        Scan.Text(Keys.HexKey(1, 15)).ShouldBeEmpty();
        Scan.One(Keys.Base62Key(1, 16));
        Scan.One(Keys.Base62Key(1, 128));
        Scan.Text(Keys.Base62Key(1, 129)).ShouldBeEmpty();
        Scan.Text(Keys.Base62Key(1, 4000)).ShouldBeEmpty();
        Scan.One("atpay_live_" + Keys.Base62Key(1, 128)["atpay_".Length..]);
    }

    [Fact]
    public void A_serialised_string_carries_its_length_before_it()
    {
        var key = Keys.Base62Key(12, 42);
        Scan.Bytes([0, (byte)key.Length, .. Encoding.ASCII.GetBytes(key), 0]).ShouldHaveSingleItem().Key.ShouldBe(key);
        Scan.Bytes([0, (byte)(key.Length + 1), .. Encoding.ASCII.GetBytes(key), 0]).ShouldBeEmpty();
    }
}
