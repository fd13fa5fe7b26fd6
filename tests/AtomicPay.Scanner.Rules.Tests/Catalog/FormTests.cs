using System.Text;

namespace AtomicPay.Scanner.Rules.Tests.Catalog;

/// <summary>Every disguise of a key that a file under <c>testdata/forms</c> shows.</summary>
public class FormTests
{
    private static readonly string Folder = Path.Combine(Repository.TestData, "forms");

    public static TheoryData<string> Forms =>
        [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_key_is_found_in_this_form(string form)
    {
        var template = File.ReadAllText(Path.Combine(Folder, form));
        foreach (var key in Keys.Many(8))
        {
            var text = KeyForms.Expand(template, key);
            text.ShouldNotBe(template);

            // A hyphen more, so that there is one to see.
            var expected = form.EndsWith("non-breaking-hyphen.txt", StringComparison.Ordinal) ? key.Insert(12, "-") : key;
            var matches = Scan.Bytes(BytesOf(text));
            matches.Select(match => match.Key).ShouldBe([expected], text);
        }
    }

    // Bytes of wide characters stand in the text as characters below 256.
    private static byte[] BytesOf(string text) => text.Contains('\0', StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
}
