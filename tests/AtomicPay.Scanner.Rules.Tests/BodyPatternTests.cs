using System.Text.RegularExpressions;
using AtomicPay.Scanner.Rules.Tests.Training;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests;

public class BodyPatternTests
{
    private static readonly Gen<string> AnyPart = Gen.OneOf(
        Gen.OneOf("ab", "a", "-", "b_"),
        Gen.OneOf("(ab|a)", "(a|b)?", "(ba|ab|b)?", "(_)"),
        Gen.Select(Gen.OneOf("[ab]", "[a-c]", "[b_-]"), Gen.OneOf("", "?", "{2}", "{1,3}", "{0,2}"), (set, count) => set + count));

    [Fact]
    public void A_pattern_fits_what_the_same_regular_expression_fits() =>
        Gen.Select(AnyPart.Array[1, 5], Gen.OneOf('a', 'b', 'c', '_', '-').Array[0, 12]).Sample(
            (parts, characters) =>
            {
                var text = new string(characters);
                if (!parts.Any(part => part[0] == '['))
                {
                    return;
                }

                // Texts to choose from are taken when one fits, the longest of them: atomic groups, the longest choice first.
                var expression = string.Concat(parts.Select(part => part[0] != '(' ? part
                    : $"(?>{string.Join('|', part.Trim('(', ')', '?').Split('|').OrderByDescending(choice => choice.Length))}{(part[^1] == '?' ? "|" : "")})"));
                var longest = Enumerable.Range(0, text.Length + 1).Where(length => Regex.IsMatch(text, $"^(?:{expression})(?<=^.{{{length}}})"))
                    .DefaultIfEmpty(-1).Max();

                var fits = BodyPattern.Parse(string.Concat(parts)).Match(text, out _);
                fits.ShouldBe(longest, $"{string.Concat(parts)} in {text}");
            },
            iter: 5000);

    [Fact]
    public void A_made_up_body_fits() =>
        Gen.Select(AnyPart.Array[1, 5], Gen.Int[0, 1000]).Sample(
            (parts, seed) =>
            {
                if (parts.Any(part => part[0] == '[') && !parts.Any(part => part[0] == '('))
                {
                    var pattern = BodyPattern.Parse(string.Concat(parts));
                    var body = pattern.MakeUp(new Sequence((ulong)seed).Below);
                    pattern.Match(body, out _).ShouldBe(body.Length, $"{pattern} made {body}");
                }
            },
            iter: 2000);

    [Theory]
    [InlineData("", 1, "names the characters")]
    [InlineData("abc", 1, "names the characters")]
    [InlineData("[A-Za-z0-9", 1, "a set of characters looks like")]
    [InlineData("[]{3}", 1, "a set of characters looks like")]
    [InlineData("[a-Z]{3}", 2, "is no range")]
    [InlineData("[A-z]{3}", 2, "is no range")]
    [InlineData("[z-a]{3}", 2, "is no range")]
    [InlineData("[^a]{3}", 2, "name the characters themselves")]
    [InlineData("[\\w]{3}", 2, "name the characters themselves")]
    [InlineData("[a ]{3}", 3, "cannot hold ' '")]
    [InlineData("[a\"]{3}", 3, "cannot hold")]
    [InlineData("[a]*", 4, "sets no limit")]
    [InlineData("[a]+", 4, "sets no limit")]
    [InlineData("[a]{3,}", 4, "looks like {32} or {16,128}")]
    [InlineData("[a]{9,3}", 4, "looks like {32} or {16,128}")]
    [InlineData("[a]{0}", 4, "looks like {32} or {16,128}")]
    [InlineData("[a]{600}", 1, "at most 512 characters")]
    [InlineData("(a|[b])[a]{3}", 4, "sets in brackets stand outside")]
    [InlineData("(a", 1, "sets in brackets stand outside")]
    [InlineData("()[a]", 2, "texts to choose from look like")]
    [InlineData("(a){3}[a]", 4, "are not repeated")]
    [InlineData("a{3}[b]", 2, "follows a set in brackets")]
    [InlineData(".*", 2, "follows a set in brackets")]
    [InlineData("$[a]", 1, "has no meaning")]
    public void What_is_no_pattern_is_refused_with_a_hint(string text, int character, string hint)
    {
        var refused = Should.Throw<FormatException>(() => BodyPattern.Parse(text));
        refused.Message.ShouldContain(hint);
        refused.Message.ShouldContain($"(at character {character})");
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_never_makes_it_fail() =>
        Gen.OneOf("[", "]", "(", ")", "|", "{", "}", "?", "-", "a", "Z", "9", ",", "a-z", "{3}", "{1,9}", "\\", "\u00E9").Array[0, 14].Sample(
            parts =>
            {
                var text = string.Concat(parts);
                if (BodyPatternReader.TryRead(text, out var pattern, out var error))
                {
                    pattern.Match("aaaa", out _).ShouldBeInRange(-1, 4);
                    pattern.Longest.ShouldBeInRange(1, BodyPattern.MostCharacters);
                }
                else
                {
                    error.Message.ShouldNotBeNullOrEmpty();
                    error.Index.ShouldBeInRange(0, Math.Max(0, text.Length - 1));
                }
            },
            iter: 20_000);
}
