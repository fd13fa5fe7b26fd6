using System.Text;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Triage;

namespace AtomicPay.Scanner.Tests.Triage;

public sealed class AllowCommentTests
{
    [Theory]
    [InlineData("KEY={key} # atomicpay-scan:allow")]
    [InlineData("KEY={key} # gitleaks:allow")]
    [InlineData("/* atomicpay-scan:allow: a test key */ key = '{key}'")]
    [InlineData("a\r\nKEY={key} # atomicpay-scan:allow\r\nb")]
    [InlineData("KEY={base64} # atomicpay-scan:allow")]
    [InlineData("key = 'atpay_' + \\\n  '{body}'  # atomicpay-scan:allow")]
    public void A_comment_on_the_keys_line_allows_it(string text)
    {
        IsAllowed(Encoding.UTF8.GetBytes(WithKey(text))).ShouldBe([true]);
    }

    [Theory]
    [InlineData("# atomicpay-scan:allow\nKEY={key}")]
    [InlineData("KEY={key}\n# atomicpay-scan:allow")]
    [InlineData("KEY={key}\r# atomicpay-scan:allow\r")]
    [InlineData("KEY={key} # atomicpay-scan:allowlist")]
    [InlineData("KEY={key} # atomicpay-scan: allow")]
    [InlineData("KEY={key} # see gitleaks:allow-nothing")]
    public void A_comment_elsewhere_or_about_something_else_does_not(string text)
    {
        IsAllowed(Encoding.UTF8.GetBytes(WithKey(text))).ShouldBe([false]);
    }

    [Fact]
    public void A_comment_in_UTF_16_counts_too()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            IsAllowed(encoding.GetBytes(WithKey("first\nKEY={key} # atomicpay-scan:allow\nlast\n"))).ShouldBe([true], encoding.EncodingName);
            IsAllowed(encoding.GetBytes(WithKey("KEY={key}\n# atomicpay-scan:allow\n"))).ShouldBe([false], encoding.EncodingName);
        }
    }

    [Fact]
    public void On_a_line_that_a_bundler_made_a_comment_counts_only_for_the_keys_near_it()
    {
        var filler = string.Concat(Enumerable.Repeat("function a(b){return b};", 1000));

        IsAllowed(Encoding.UTF8.GetBytes(WithKey("a={key};/*atomicpay-scan:allow*/" + filler + "b=\"{other}\""))).ShouldBe([true, false]);
    }

    private static string WithKey(string text)
    {
        var key = TestKey.New();
        return text.Replace("{key}", key, StringComparison.Ordinal)
            .Replace("{other}", TestKey.New(), StringComparison.Ordinal)
            .Replace("{body}", key["atpay_".Length..], StringComparison.Ordinal)
            .Replace("{base64}", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), StringComparison.Ordinal);
    }

    private static IEnumerable<bool> IsAllowed(byte[] content)
    {
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(content, matches);
        return matches.Select(m => AllowComment.IsBeside(content, m.Offset, m.Length));
    }
}
