using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Rules.Tests.Training;

namespace AtomicPay.Scanner.Rules.Tests.Naming;

/// <summary>Keys without a prefix, which their name or the host they are sent to tells.</summary>
public class NamedKeyTests(ITestOutputHelper output)
{
    private const int Samples = 5_000;

    private static readonly string[] Ways =
        ["ATOMICPAY_API_KEY={0}\n", "atomicPayKey: '{0}',", "\"AtomicPay:ApiKey\": \"{0}\"", "curl -H 'X-API-Key: {0}' https://api.atomicpay.com.br/v1"];

    [Theory]
    [InlineData("base62", Keys.Base62, 24, 64, 0.002)]
    [InlineData("base62", Keys.Base62, 20, 23, 0.01)]
    [InlineData("hex", "0123456789abcdef", 32, 64, 0.002)]
    [InlineData("base36", "0123456789abcdefghijklmnopqrstuvwxyz", 24, 64, 0.002)]
    public void Random_values_are_found(string kind, string alphabet, int shortest, int longest, double most)
    {
        var sequence = new Sequence(5);
        var missed = 0;
        for (var i = 0; i < Samples; i++)
        {
            var key = sequence.Text(alphabet, shortest + sequence.Below(longest - shortest + 1));
            missed += Scan.Text(Ways[i % Ways.Length].Replace("{0}", key, StringComparison.Ordinal)).Any(match => match.Key == key) ? 0 : 1;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {shortest}-{longest}: {missed / (double)Samples:P4} missed"));
        (missed / (double)Samples).ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void Names_and_encoded_words_are_not()
    {
        var sequence = new Sequence(6);
        var taken = new List<string>();
        for (var i = 0; i < Samples; i++)
        {
            var name = WrittenNames.Next(sequence, Words.All);
            var value = (i % 3) switch
            {
                0 => name,
                1 => KeyForms.Apply(name, "base64"),
                _ => KeyForms.Apply(name, "hex"),
            };
            taken.AddRange(Scan.Text(Ways[i % Ways.Length].Replace("{0}", value, StringComparison.Ordinal)).Select(match => match.Key));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.Count / (double)Samples:P4} taken; {string.Join(' ', taken.Take(20))}"));
        (taken.Count / (double)Samples).ShouldBeLessThanOrEqualTo(0.0005);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_in_UTF16_is_read_as_any_other(bool bigEndian)
    {
        var key = Keys.Base62Key(4)["atpay_".Length..];
        var match = Scan.Bytes(new UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes($"\uFEFF[atomicpay]\r\nAPI_KEY = \"{key}\"\r\n")).ShouldHaveSingleItem();

        (match.Key, match.Rule.Id).ShouldBe((key, "atomicpay-named-key"));
        match.DecodedBy.ShouldBe([bigEndian ? "utf-16be" : "utf-16le"]);
        match.Length.ShouldBe(2 * key.Length);
    }

    [Fact]
    public void A_value_in_base64_is_judged_and_told_decoded()
    {
        var key = Keys.Base62Key(4)["atpay_".Length..];

        var match = Scan.One($"  ATOMICPAY_API_KEY: {KeyForms.Apply(key, "base64")}\n");

        match.Key.ShouldBe(key);
        match.DecodedBy.ShouldBe(["base64"]);
    }

    [Fact]
    public void A_key_with_the_prefix_stays_with_its_own_rule_wherever_it_is_assigned()
    {
        foreach (var key in Keys.Many(50))
        {
            foreach (var way in Ways)
            {
                Scan.One(way.Replace("{0}", key, StringComparison.Ordinal)).Rule.Id.ShouldBe("atomicpay-api-key");
                Scan.One(way.Replace("{0}", KeyForms.Apply(key, "base64"), StringComparison.Ordinal)).Rule.Id.ShouldBe("atomicpay-api-key");
            }
        }
    }

    [Fact]
    public void One_value_is_told_once_though_name_and_host_both_tell_it()
    {
        var key = Keys.Base62Key(4)["atpay_".Length..];

        Scan.One($"ATOMICPAY_API_KEY={key} curl -H \"X-API-Key: $ATOMICPAY_API_KEY\" https://api.atomicpay.com.br/v1").Key.ShouldBe(key);
    }
}
