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
