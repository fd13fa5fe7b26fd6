using System.Security.Cryptography;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class EmbeddedTests
{
    private readonly string _key = TestKey.New();

    private string Zipped => Convert.ToBase64String(Packed.Zip(("app.env", Packed.Text($"KEY={_key}\n{new string('x', 200)}"))));

    [Fact]
    public void A_data_uri_is_opened() => ShouldBeFound($"<a href=\"data:application/zip;base64,{Zipped}\">conf</a>", "x!/app.env");

    [Fact]
    public void A_data_uri_with_escaped_digits_is_opened() =>
        ShouldBeFound($"\"href\": \"data:application/zip;base64,{Zipped.Replace("/", "\\/", StringComparison.Ordinal).Replace("+", "\\u002b", StringComparison.Ordinal)}\"", "x!/app.env");

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n    ")]
    [InlineData("\\n")]
    [InlineData("\\n\",\n    \"")]
    public void Wrapped_base64_is_opened(string lineBreak) =>
        ShouldBeFound($"{{\"data\": \"{string.Join(lineBreak, Zipped.Chunk(76).Select(line => new string(line)))}\"}}", "x!/app.env");

    [Fact]
    public void Lines_of_base64_may_begin_with_an_escaped_digit()
    {
        var zipped = Convert.ToBase64String(Packed.Zip(("app.env", Packed.Text($"KEY={_key}\n")), ("noise", RandomNumberGenerator.GetBytes(3_000))));
        var text = new StringBuilder();
        var line = 0;
        foreach (var digit in zipped)
        {
            var isEscaped = digit is '+' or '/';
            if (isEscaped && line > 44)
            {
                text.Append("\\n");
                line = 0;
            }

            text.Append(isEscaped ? $"\\u{(int)digit:x4}" : $"{digit}");
            line++;
        }

        ShouldBeFound($"{{\"data\": \"{text}\"}}", "x!/app.env");
    }

    [Fact]
    public void A_release_that_is_encoded_twice_is_opened()
    {
        var release = Convert.ToBase64String(Packed.Gzip(Packed.Text($"{{\"values\": \"{_key}\"}}")));
        ShouldBeFound($"apiVersion: v1\nkind: Secret\ndata:\n  release: {Convert.ToBase64String(Packed.Text(release))}\n", "x");
    }

    [Fact]
    public void Text_that_happens_to_hold_a_signature_is_left_alone()
    {
        var (found, skipped) = Packed.Scan(Packed.Text($"The base64 of a PNG begins with iVBORw0KGgo and of a zip with UEsDB. {new string('a', 99)} UEsDBAAA\n{_key}"));
        found.ShouldBe([Packed.Found("x", _key)]);
        skipped.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_nothing_but_signatures_ends()
    {
        var signs = string.Concat(Enumerable.Repeat("UEsDBBQAAAAI ", 20_000));
        Should.NotThrow(() => Packed.Scan(Packed.Text(signs)));
    }

    private void ShouldBeFound(string text, string path)
    {
        var (found, skipped) = Packed.Scan(Packed.Text(text));
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }
}
