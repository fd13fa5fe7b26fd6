using System.Globalization;
using AtomicPay.Scanner.Rules.Judging;
using AtomicPay.Scanner.Rules.Tests.Training;

namespace AtomicPay.Scanner.Rules.Tests.Judging;

/// <summary>Measures how often random keys are rejected and written names are taken for keys.</summary>
public class JudgeRatesTests(ITestOutputHelper output)
{
    private const int Samples = 20_000;
    private const string Digits = "0123456789";
    private const string Small = "abcdefghijklmnopqrstuvwxyz";
    private const string Capital = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Theory]
    [InlineData("base62", Digits + Small + Capital, 16, 23, 0.004)]
    [InlineData("base62", Digits + Small + Capital, 24, 64, 0.0005)]
    [InlineData("base62", Digits + Small + Capital, 65, 128, 0.0005)]
    [InlineData("base64url", Digits + Small + Capital + "_-", 65, 128, 0.0005)]
    [InlineData("hex", "0123456789abcdef", 96, 128, 0.0005)]
    [InlineData("base64url", Digits + Small + Capital + "_-", 24, 64, 0.001)]
    [InlineData("base36", Digits + Small, 24, 64, 0.001)]
    [InlineData("base36 capital", Digits + Capital, 24, 64, 0.001)]
    [InlineData("hex", "0123456789abcdef", 16, 23, 0.05)]
    [InlineData("hex", "0123456789abcdef", 24, 31, 0.005)]
    [InlineData("hex", "0123456789abcdef", 32, 32, 0.001)]
    [InlineData("hex", "0123456789abcdef", 64, 64, 0.0005)]
    [InlineData("hex capital", "0123456789ABCDEF", 32, 32, 0.001)]
    public void Random_keys_stay_keys(string kind, string alphabet, int shortest, int longest, double most)
    {
        var sequence = new Sequence(1);
        var rejected = new Dictionary<Likeness, (int Count, string Last)>();
        for (var i = 0; i < Samples; i++)
        {
            var marker = sequence.Pick(["", "", "live_", "test_"]);
            var key = "atpay_" + marker + sequence.Text(alphabet, shortest + sequence.Below(longest - shortest + 1));
            var verdict = RuleSet.Judge(RuleSet.Default.Rules[0], key);
            if (!verdict.IsIssued)
            {
                rejected[verdict.Likeness] = (rejected.GetValueOrDefault(verdict.Likeness).Count + 1, key["atpay_".Length..]);
            }
        }

        var rate = rejected.Values.Sum(r => r.Count) / (double)Samples;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind} {shortest}-{longest}: {rate:P4} rejected {string.Join("; ", rejected.Select(r => $"{r.Key} {r.Value.Count}, e.g. {r.Value.Last}"))}"));
        rate.ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void Names_made_of_words_that_the_model_has_not_seen_are_no_keys()
    {
        var (letters, classes) = WrittenTextTrainer.Train(Words.Seen);
        var sequence = new Sequence(2);
        var (taken, judged, seen) = (0, 0, new List<string>());
        while (judged < Samples)
        {
            var name = WrittenNames.Next(sequence, Words.Unseen);
            if (RuleSet.Default.Rules[0].Body.Match(name, out _) != name.Length)
            {
                continue;
            }

            judged++;
            if (Takes(name, letters, classes))
            {
                taken++;
                seen.Add(name);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"names: {taken / (double)judged:P4} taken; {string.Join(' ', seen.Take(30))}"));
        (taken / (double)judged).ShouldBeLessThanOrEqualTo(0.001);
    }

    private static bool Takes(string name, byte[] letters, byte[] classes)
    {
        Span<bool> explained = new bool[name.Length];
        Patterns.Mark(name, explained);
        return !Placeholder.Is(name, explained)
            && KeyJudge.Confidence(Randomness.Evidence(name, explained, letters, classes)) >= KeyJudge.Threshold;
    }
}
