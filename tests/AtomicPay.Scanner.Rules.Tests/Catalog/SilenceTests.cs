using System.Text;

namespace AtomicPay.Scanner.Rules.Tests.Catalog;

/// <summary>Texts in which nothing may be found.</summary>
public class SilenceTests
{
    [Fact]
    public void Nothing_is_found_in_the_texts_that_must_stay_silent()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.TestData, "none"), "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            Scan.Bytes(File.ReadAllBytes(file)).Select(match => match.ToString()).ShouldBeEmpty(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("base64")]
    [InlineData("base64-1|base64-2")]
    [InlineData("hex")]
    [InlineData("utf16")]
    [InlineData("percent")]
    public void Nothing_is_found_in_a_line_of_them_encoded_or_not(string forms)
    {
        foreach (var line in Directory.GetFiles(Path.Combine(Repository.TestData, "none"), "*.txt", SearchOption.AllDirectories).SelectMany(File.ReadAllLines))
        {
            var text = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line));
            var encoded = forms.Split('|', StringSplitOptions.RemoveEmptyEntries).Aggregate(text, KeyForms.Apply);
            Scan.Bytes(Encoding.Latin1.GetBytes(encoded)).Select(match => match.ToString()).ShouldBeEmpty(line);
        }
    }

    [Fact]
    public void Nothing_is_found_in_these_sources()
    {
        foreach (var folder in new[] { "src", "tests", "testdata" })
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            {
                Scan.Bytes(File.ReadAllBytes(file)).Select(match => match.ToString()).ShouldBeEmpty(file);
            }
        }
    }
}
