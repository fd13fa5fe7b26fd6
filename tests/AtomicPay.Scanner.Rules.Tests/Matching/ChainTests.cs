using System.Text;
using AtomicPay.Scanner.Rules.Tests.Training;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests.Matching;

/// <summary>Encodings on top of each other, at any offset of anything; and contents that only look as if there were some.</summary>
public class ChainTests
{
    private static readonly string[] Encodings = ["base64", "base64-1", "base64-2", "base64url", "hex", "HEX", "utf16"];
    private static readonly string[] Innermost = ["", "", "percent", "unicode", "hex-escape", "octal", "entity", "quoted-printable", "markdown"];

    [Fact]
    public void A_key_in_any_chain_of_three_encodings_is_found_at_any_offset_of_anything() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.OneOf(Innermost), Gen.OneOf(Encodings).Array[0, 3], Gen.Byte.Array[0, 100], Gen.Byte.Array[0, 100]).Where(AreSensible).Sample(
            (seed, innermost, encodings, before, after) =>
            {
                var key = KeyOf(seed);
                var encoded = encodings.Aggregate(innermost.Length == 0 ? key : KeyForms.Apply(key, innermost), KeyForms.Apply);

                // A statement of its own, so that nothing random becomes part of the run or of the string.
                byte[] content = [.. before, .. ";\n\""u8, .. Encoding.Latin1.GetBytes(encoded), .. "\";\n"u8, .. after];
                var match = Scan.Bytes(content).ShouldHaveSingleItem($"{innermost}|{string.Join('|', encodings)}: {encoded}");
                match.Key.ShouldBe(key);
                match.Offset.ShouldBeInRange(before.Length + 3, before.Length + 3 + (encodings.Any(IsShifted) ? 24 : 0));
                (match.Offset + match.Length).ShouldBeInRange(before.Length + 3 + (encoded.Length * 3 / 4), before.Length + 3 + encoded.Length);
            },
            iter: 6_000);

    [Fact]
    public void Nothing_is_found_in_random_bytes() =>
        Gen.Byte.Array[0, 20_000].Sample(content => Scan.Bytes(content).ShouldBeEmpty(), iter: 500);

    [Fact]
    public void Nothing_is_found_in_random_digits_around_anchors_but_what_chance_spells_out() =>
        Gen.OneOf("YXRwYXlf", "F0cGF5Xy", "6174706179", "YXRwYXl", "WVhSd1lYbG", "97,116", "0x61", "61 74", "(97)", "pay_", "tpay_", "atp\"", "A", "b", "9", "0", ",", " ", "\n", "+", "/", "=").Array[0, 200]
            .Sample(
                parts =>
                {
                    var text = string.Concat(parts);
                    Scan.Text(text).ShouldAllBe(match => IsBase64Of(match.Key, text.Substring(match.Offset, match.Length)));
                },
                iter: 3_000);

    // Told by another decoder: a few random digits after a prefix are a key now and then.
    private static bool IsBase64Of(string key, string digits) =>
        Enumerable.Range(0, 4).Select(before => new string('A', before) + digits.TrimEnd('=')).Any(padded =>
            Convert.TryFromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, padded.Length % 4 == 1 ? 'A' : '='), new byte[padded.Length + 4], out _)
            && Encoding.Latin1.GetString(Convert.FromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, padded.Length % 4 == 1 ? 'A' : '='))).Contains(key, StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_found_in_names_after_the_prefix()
    {
        var sequence = new Sequence(77);
        var found = 0;
        for (var i = 0; i < 5_000; i++)
        {
            found += Scan.Text($"x = \"atpay_{WrittenNames.Next(sequence, Words.All)}\"\n").Count;
        }

        // One name in a thousand may look random; see JudgeRatesTests.
        found.ShouldBeLessThanOrEqualTo(5);
    }

    private static bool AreSensible((int Seed, string Innermost, string[] Encodings, byte[] Before, byte[] After) sample) =>
        RuleSet.Judge(RuleSet.Default.Rules[0], KeyOf(sample.Seed)).IsIssued && sample.Encodings.Zip(sample.Encodings.Skip(1)).All(pair => pair != ("utf16", "utf16"));

    // Of the shortest keys a few do not look issued; JudgeRatesTests counts them.
    private static string KeyOf(int seed) => Keys.Base62Key(seed, 16 + (seed % 44));

    private static bool IsShifted(string encoding) => encoding is "base64-1" or "base64-2";
}
