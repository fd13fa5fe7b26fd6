namespace AtomicPay.Scanner.Rules.Tests.Matching;

public class ConcatenationTests
{
    private static readonly string Key = Keys.Base62Key(21, 36);

    [Theory]
    [InlineData("\"{0}\" + \"{1}\"")]
    [InlineData("'{0}' + '{1}'")]
    [InlineData("'{0}' . '{1}'")]
    [InlineData("\"{0}\" & \"{1}\"")]
    [InlineData("'{0}' || '{1}'")]
    [InlineData("\"{0}\" << \"{1}\"")]
    [InlineData("\"{0}\"\n    + \"{1}\"")]
    [InlineData("\"{0}\" +\r\n    \"{1}\"")]
    [InlineData("\"{0}\" & _\r\n    \"{1}\"")]
    [InlineData("(\"{0}\"\n \"{1}\")")]
    [InlineData("\"{0}\" \\\n  \"{1}\"")]
    [InlineData("key = \"{0}\\\n{1}\"")]
    [InlineData("key = \"{0}\\\n   {1}\"")]
    [InlineData("KEY={0}`\r\n{1}")]
    [InlineData("KEY={0}^\r\n{1}")]
    [InlineData("{0}=\r\n{1}")]
    [InlineData("sb.append(\"{0}\").append(\"{1}\")")]
    [InlineData("\"{0}\".concat(\"{1}\")")]
    [InlineData("{\\\"k\\\": \\\"{0}\\\" + \\\"{1}\\\"}")]
    [InlineData("[({0})-12({1})] TJ")]
    [InlineData("<w:r><w:t>{0}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{1}</w:t></w:r>")]
    public void A_key_in_two_pieces_is_put_together(string template)
    {
        foreach (var cut in new[] { 6, 14, 25 })
        {
            var text = template.Replace("{0}", Key[..cut], StringComparison.Ordinal).Replace("{1}", Key[cut..], StringComparison.Ordinal);
            var match = Scan.One(text);
            match.Key.ShouldBe(Key, text);
            match.DecodedBy.ShouldBe([text.Contains("=\r\n", StringComparison.Ordinal) ? "quoted-printable" : "concatenation"]);
            match.Offset.ShouldBe(text.IndexOf(Key[..cut], StringComparison.Ordinal));
            (match.Offset + match.Length).ShouldBe(text.LastIndexOf(Key[cut..], StringComparison.Ordinal) + Key.Length - cut);
        }
    }

    [Theory]
    [InlineData("[\"atpay_\", \"{1}\"].join(\"\")")]
    [InlineData("concat('atpay_', '{1}')")]
    [InlineData("\"atpay\" + \"_{1}\"")]
    [InlineData("\"at\" + \"pay_\" + \"{1}\"")]
    public void A_prefix_apart_from_its_body_is_put_together(string template)
    {
        var match = Scan.One(template.Replace("{1}", Key[6..], StringComparison.Ordinal));
        match.Key.ShouldBe(Key);
        match.Offset.ShouldBe(template.IndexOfAny(['"', '\'']) + 1);
    }

    [Theory]
    [InlineData("curl \"{0}\" \"https\"")]
    [InlineData("[\"{0}\", \"second\"]")]
    [InlineData("f(\"{0}\", \"second\")")]
    [InlineData("\"{0}\" + \"\\n\"")]
    [InlineData("\"{0}\" + name")]
    [InlineData("\"{0}\"\n.\\\"second")]
    [InlineData("\\\"{0}\\\" + \"second\"")]
    [InlineData("'{0}' \"second\"")]
    [InlineData("run \"{0}\" \\\n  --verbose")]
    [InlineData("run {0} \\\n  --verbose")]
    [InlineData("run --key={0}\\\n  --verbose")]
    [InlineData("<span>{0}</span><span>second</span>")]
    [InlineData("<w:p><w:t>{0}</w:t></w:p><w:p><w:t>second</w:t></w:p>")]
    [InlineData("{0}) 12 (second")]
    [InlineData("a: \"{0}\"\nb: \"second\"")]
    public void What_follows_a_whole_key_is_not_part_of_it(string template) =>
        Scan.One(template.Replace("{0}", Key, StringComparison.Ordinal)).Key.ShouldBe(Key);

    [Fact]
    public void Many_pieces_are_put_together() =>
        Scan.One(string.Join(" +\n  ", Key.Chunk(7).Select(piece => $"\"{new string(piece)}\""))).Key.ShouldBe(Key);
}
