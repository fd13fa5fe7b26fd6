using System.Text;

namespace AtomicPay.Scanner.Rules.Tests.Matching;

public class EncodedKeyTests
{
    private static readonly string[] Runs = ["base64", "base64url", "base64-1", "base64-2", "basic", "utf16-base64", "hex", "HEX"];

    private static readonly string[] Escapes =
    [
        "percent", "percent-all", "percent-twice", "unicode", "unicode-all", "unicode-braces", "hex-escape", "hex-escape-all", "octal",
        "octal-all", "entity", "entity-hex", "entity-name", "entity-twice", "entity-all", "entity-hex-all", "quoted-printable",
        "quoted-printable-all", "markdown",
    ];

    public static TheoryData<string> EncodedOnce => [.. Runs, .. Escapes];

    public static TheoryData<string> EncodedTwice
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var inner in new[] { "base64", "base64-1", "base64-2", "hex", "HEX", "percent", "unicode", "hex-escape", "entity", "utf16-base64" })
            {
                foreach (var outer in new[] { "base64", "base64-1", "base64-2", "hex", "HEX" })
                {
                    if (!(outer.StartsWith("hex", StringComparison.OrdinalIgnoreCase) && inner.Length == 3) && inner != "utf16-base64")
                    {
                        data.Add(inner + "|" + outer);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EncodedOnce))]
    public void An_encoded_key_is_found_and_decoded(string form)
    {
        foreach (var key in Keys.Many(60))
        {
            foreach (var around in new[] { "{0}", "value: \"{0}\"\n", "a = '{0}';", "x {0} y", "({0})", "k={0}&l=2", "<b>{0}</b>" })
            {
                var encoded = KeyForms.Expand($"{{key:{form}}}", key);
                var match = Scan.One(around.Replace("{0}", encoded, StringComparison.Ordinal));
                match.Key.ShouldBe(key);
                string.Join(' ', match.DecodedBy).ShouldBe(KeyForms.NameOf(form));
            }
        }
    }

    [Theory]
    [MemberData(nameof(EncodedTwice))]
    public void A_key_that_is_encoded_twice_is_found_and_decoded(string forms)
    {
        foreach (var key in Keys.Many(60))
        {
            var match = Scan.One($"data: {KeyForms.Expand($"{{key:{forms}}}", key)}\n");
            match.Key.ShouldBe(key);
            match.DecodedBy.ShouldBe(forms.Split('|').Reverse().Select(KeyForms.NameOf));
        }
    }

    [Theory]
    [InlineData("base64", 3)]
    [InlineData("hex", 0)]
    [InlineData("percent-all", 0)]
    [InlineData("unicode-all", 0)]
    public void The_match_covers_the_encoded_key_in_the_content(string form, int padding)
    {
        var key = Keys.Base62Key(5);
        var encoded = KeyForms.Apply(key, form);
        var match = Scan.One($"secret: {encoded}\n");
        match.Offset.ShouldBe("secret: ".Length);
        match.Length.ShouldBeInRange(encoded.Length - padding, encoded.Length);
    }

    [Theory]
    [InlineData("utf-16le")]
    [InlineData("utf-16be")]
    [InlineData("utf-32le")]
    [InlineData("utf-32be")]
    public void A_key_in_wide_characters_is_found(string name)
    {
        Encoding encoding = name switch
        {
            "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            "utf-32le" => Encoding.UTF32,
            _ => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        };
        foreach (var key in Keys.Many(60))
        {
            foreach (var before in new[] { "", "K=", "\uFEFF", "chave: “" })
            {
                var match = Scan.Bytes(encoding.GetBytes(before + key + "\r\n")).ShouldHaveSingleItem();
                match.Key.ShouldBe(key);
                match.DecodedBy.ShouldBe([name]);
                match.Offset.ShouldBe(encoding.GetByteCount(before));
                match.Length.ShouldBe(encoding.GetByteCount(key));
            }
        }
    }

    [Fact]
    public void A_base64_key_in_wide_characters_is_found()
    {
        var key = Keys.Base62Key(6);
        var match = Scan.Bytes(Encoding.Unicode.GetBytes($"  api-key: {KeyForms.Apply(key, "base64")}\r\n")).ShouldHaveSingleItem();
        match.Key.ShouldBe(key);
        match.DecodedBy.ShouldBe(["utf-16le", "base64"]);
    }

    [Theory]
    [InlineData(64, "\n")]
    [InlineData(76, "\r\n")]
    [InlineData(76, "\n")]
    [InlineData(64, "\\n")]
    [InlineData(40, "\n")]
    public void A_key_in_wrapped_base64_is_found_wherever_the_lines_break(int width, string lineBreak)
    {
        var key = Keys.Base62Key(7, 40);
        for (var before = 0; before < 120; before++)
        {
            var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('.', before) + key + " and more text, so that lines follow"));
            var wrapped = string.Join(lineBreak, encoded.Chunk(width).Select(line => new string(line)));
            var match = Scan.One("data = \"" + wrapped + "\"\n");
            match.Key.ShouldBe(key);
        }
    }

    [Fact]
    public void The_next_line_of_a_file_is_no_continuation_of_unpadded_base64()
    {
        var key = Keys.Base62Key(8, 39);
        var encoded = KeyForms.Apply(key, "base64");
        encoded.ShouldNotEndWith("=");
        Scan.One($"  api-key: {encoded}\n  endpoint: aHR0cHM6Ly8=\n").Key.ShouldBe(key);
        Scan.One($"{encoded}\nendpoint=1\n").Key.ShouldBe(key);
    }
}
