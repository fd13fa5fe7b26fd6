using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Tests.Images;

public sealed class KnownKeysTests
{
    private static readonly Secret Key = new(DrawnPicture.Key(1), "atpay_");
    private static readonly Secret LookAlike = new($"{DrawnPicture.Key(1)[..^1]}l", "atpay_");

    [Fact]
    public void A_reading_that_stands_in_a_text_is_the_key()
    {
        var settled = KnownKeys.Settle([InText(Key), InPicture(LookAlike, Key)]);

        settled.ShouldAllBe(detection => detection.Secret.Equals(Key));
        settled.Last().Picture!.Candidates.ShouldBe(1);
    }

    [Fact]
    public void Readings_of_another_key_stay_what_they_are()
    {
        var settled = KnownKeys.Settle([InText(new Secret(DrawnPicture.Key(2), "atpay_")), InPicture(LookAlike, Key)]);

        settled.Last().Secret.ShouldBe(LookAlike);
        settled.Last().Picture!.Candidates.ShouldBe(2);
    }

    [Fact]
    public void Two_doubtful_readings_do_not_settle_each_other() =>
        KnownKeys.Settle([InPicture(Key, LookAlike), InPicture(LookAlike, Key)]).Select(static detection => detection.Secret).ShouldBe([Key, LookAlike]);

    private static Detection InText(Secret key) => new(RuleSet.Default.Rules[0], key, new Origin.File(".env"), null, null, [], 1);

    private static Detection InPicture(Secret key, params Secret[] others) =>
        new(RuleSet.Default.Rules[0], key, new Origin.File("screen.png"), null, new PictureRegion(0, 0, 9, 9, 1 + others.Length), [], 0.5) { OtherReadings = [.. others] };
}
