using System.Text;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Contents made to break or to stall a scanner.</summary>
public class HostileContentTests
{
    private static readonly string[] Fragments =
    [
        "atpay_", "atpay", "YXRwYXlf", "YXRwYX", "F0cGF5", "hdHBhe", "WVhSd1lYbG", "6174706179", "617470617", "a\0t\0p\0a\0y\0_\0",
        "a\0\0\0t\0\0\0p\0\0\0a\0\0\0y\0\0\0", "%61%74%70%61%79", "%5f", "%25", "%", "\\u0061\\u0074\\u0070\\u0061\\u0079", "\\u{5f}", "\\u",
        "\\x5f", "\\137", "\\", "&#95;", "&amp;", "&", "&#x", "=5F", "=\r\n", "=", "\"", "'", "`", " + ", ".concat(", "<w:t>", "</w:t>",
        "<", ")-1(", "\n", "\r\n", "\\n", "*", "\u2026", "\u001b[0m", "_", "-", " ", "\0", "live_", "0", "9fK2abcQ7x", "QkZ3Vn",
        "ATOMICPAY_API_KEY", "atomicpay", "a\0t\0o\0m\0i\0c\0p\0a\0y\0", "https://api.atomicpay.com.br", "Bearer ", "Basic ", "X-API-Key", "api_key",
        ": ", "{", "[", "]", ":", ",", "(", "value", "get;", "}", "-u ", "@",
    ];

    [Fact]
    public void No_content_makes_it_fail_and_every_match_lies_inside_and_in_order() =>
        Gen.OneOf(Fragments).Array[0, 60].Sample(
            parts =>
            {
                var content = Encoding.UTF8.GetBytes(string.Concat(parts));
                var matches = Scan.Bytes(content);
                matches.Select(match => match.Offset).ShouldBeInOrder();
                matches.Select(match => match.Offset).ShouldBeUnique();
                matches.ShouldAllBe(match =>
                    match.Offset >= 0 && match.Length > 0 && match.Offset + match.Length <= content.Length
                    && match.Confidence >= 0.5 && match.Confidence <= 1 && match.Key.StartsWith("atpay_", StringComparison.Ordinal) != match.Rule.Prefixes.IsEmpty);
            },
            iter: 20_000);

    [Fact]
    public void What_is_found_does_not_depend_on_what_stands_far_away()
    {
        var key = Keys.Base62Key(40);
        foreach (var form in new[] { "base64", "hex", "percent-all", "unicode-all", "base64-1" })
        {
            var line = $"\n k: {KeyForms.Apply(key, form)} \n";
            var alone = Scan.One(line);
            for (var before = 0; before < 70; before++)
            {
                var match = Scan.One(new string('.', before) + line + new string('.', before));
                match.Offset.ShouldBe(alone.Offset + before);
                match.Length.ShouldBe(alone.Length);
            }
        }
    }

    [Theory]
    [InlineData("atpay_")]
    [InlineData(" atpay_")]
    [InlineData(" atpay_0")]
    [InlineData("YXRwYXlf")]
    [InlineData("YXRwYXlfYXRwYXlf ")]
    [InlineData("WVhSd1lYbGZZWFJ3WVhsZllYUnd")]
    [InlineData("617470617 6174706179")]
    [InlineData("a\0t\0p\0a\0y\0_\0")]
    [InlineData("atpay_\"+\"")]
    [InlineData("atpay_</b><b>")]
    [InlineData("atpay%25%25%25")]
    [InlineData("atpay\\\\\\\\")]
    [InlineData("\"\natpay_\" \\\n")]
    [InlineData("atomicpay")]
    [InlineData("ATOMICPAY_API_KEY: {\n")]
    [InlineData("api.atomicpay.com.br Bearer api_key=")]
    [InlineData("atomicpay:\n ")]
    [InlineData("a\0t\0o\0m\0i\0c\0p\0a\0y\0")]
    [InlineData("97,116,")]
    [InlineData("(97)")]
    [InlineData("0x61 ")]
    [InlineData("61 74 ")]
    [InlineData("0000: 61 74 70 61\n")]
    [InlineData("'a','t',")]
    [InlineData("\"pay_\"+\"at")]
    [InlineData("at\"+\"pay_")]
    [InlineData("atpay_0\u200b")]
    [InlineData("atpay_\u001b[0m")]
    [InlineData("WVhSd1lYbGZZWFJ3WVhsZllYUnd\n")]
    public async Task A_hostile_content_ends(string unit)
    {
        // Quadratic time would take hours: the limit tells a hang from a busy machine.
        var content = Repeated(unit, 2_000_000 / unit.Length);

        await Task.Run(() => RuleSet.Default.FindMatches(content, new List<RuleMatch>()), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
    }

    private static byte[] Repeated(string unit, int count) =>
        Encoding.ASCII.GetBytes(new StringBuilder(unit.Length * count).Insert(0, unit, count).ToString());
}
