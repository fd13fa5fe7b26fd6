using System.Text;

namespace AtomicPay.Scanner.Rules.Tests.Catalog;

/// <summary>Texts in which nothing may be found.</summary>
public class SilenceTests
{
    private static readonly string Folder = Path.Combine(Repository.TestData, "none");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_is_found_in_a_text_that_only_looks_like_keys(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        foreach (var key in Keys.Many(8))
        {
            var expanded = KeyForms.Expand(text, key);
            var bytes = expanded.Contains('\0', StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(expanded) : Encoding.UTF8.GetBytes(expanded);
            Scan.Bytes(bytes).Select(match => match.ToString()).ShouldBeEmpty(expanded);
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
        foreach (var line in Directory.GetFiles(Folder, "*.txt", SearchOption.AllDirectories).SelectMany(File.ReadAllLines))
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
