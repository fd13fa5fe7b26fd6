using AtomicPay.Scanner.Rules.Tests.Training;

namespace AtomicPay.Scanner.Rules.Tests;

/// <summary>Makes keys that look issued; none is written down, so that the scanner finds nothing in these sources.</summary>
internal static class Keys
{
    public const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Base62Key(int seed, int length = 32) => "atpay_" + new Sequence((ulong)seed).Text(Base62, length);

    public static string HexKey(int seed, int length = 32) => "atpay_" + new Sequence((ulong)seed).Text("0123456789abcdef", length);

    /// <summary>Keys of several lengths and alphabets.</summary>
    public static IEnumerable<string> Many(int count)
    {
        var sequence = new Sequence(99);
        for (var i = 0; i < count; i++)
        {
            var marker = sequence.Pick(["", "", "live_", "test_"]);
            var alphabet = sequence.Pick([Base62, Base62, "0123456789abcdef", Base62 + "_-"]);
            var body = sequence.Text(alphabet, 28 + sequence.Below(30));

            // Markdown makes underscores at the ends ambiguous; issuers do not end a key in one on purpose either.
            yield return "atpay_" + marker + body.Trim('_', '-') + "7";
        }
    }
}
