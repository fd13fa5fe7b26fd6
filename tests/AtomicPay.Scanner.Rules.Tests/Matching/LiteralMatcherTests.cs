using System.Text;
using AtomicPay.Scanner.Rules.Matching;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests.Matching;

public class LiteralMatcherTests
{
    // Few letters, so that literals overlap, nest and repeat.
    private static readonly Gen<byte> Letter = Gen.OneOf((byte)'a', (byte)'b', (byte)'A', (byte)0, (byte)'z', (byte)0xE1);
    private static readonly Gen<byte> AsciiLetter = Gen.OneOf((byte)'a', (byte)'b', (byte)'A', (byte)0, (byte)'z');
    private static readonly Gen<(byte[] Bytes, bool IgnoreCase)> AnyLiteral = Gen.Select(AsciiLetter.Array[3, 12], Gen.Bool);

    public static TheoryData<string> Kinds =>
        [.. Enum.GetValues<MatcherKind>().Where(LiteralMatcher.Supports).Select(kind => kind.ToString())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_occurrence_is_found_wherever_it_stands(string kind) =>
        Gen.Select(AnyLiteral.Array[1, 40], Letter.Array[0, 200]).Sample(
            (literals, content) =>
            {
                var matcher = new LiteralMatcher([.. literals.Select(l => new Literal(l.Bytes, l.IgnoreCase))], Enum.Parse<MatcherKind>(kind));
                Found(matcher, content).ShouldBe(Naive(literals, content));
            },
            iter: 3000);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_literal_is_found_at_every_offset_of_contents_of_every_length(string kind)
    {
        var literal = "needle"u8.ToArray();
        var matcher = new LiteralMatcher([new Literal(literal, false), new Literal("other"u8, true)], Enum.Parse<MatcherKind>(kind));
        for (var length = literal.Length; length < 140; length++)
        {
            for (var offset = 0; offset + literal.Length <= length; offset++)
            {
                var content = new byte[length];
                literal.CopyTo(content, offset);
                Found(matcher, content).ShouldBe([(offset, 0)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_case_counts_where_it_must_and_only_there(string kind)
    {
        var matcher = new LiteralMatcher([new Literal("abcd"u8, false), new Literal("WxYz"u8, true)], Enum.Parse<MatcherKind>(kind));
        Found(matcher, Encoding.ASCII.GetBytes(new string(' ', 40) + "ABCD abcd wXyZ WXYZ")).ShouldBe([(45, 0), (50, 1), (55, 1)]);
    }

    [Fact]
    public void A_sink_that_has_enough_ends_the_pass()
    {
        var sink = new FirstAnchor();
        new LiteralMatcher([new Literal("abc"u8, false)]).Scan("..abc..abc"u8, ref sink);
        sink.Offset.ShouldBe(2);
    }

    [Fact]
    public void The_earliest_anchor_is_found_even_when_a_later_one_is_seen_first() =>
        Gen.OneOf("atpay_", "YXRwYXlf", "6174706179", "a\0t\0p\0a\0y\0", "%61%74%70%61%79%5f", "..", " ", "at").Array[0, 12].Sample(parts =>
        {
            var content = Encoding.ASCII.GetBytes(string.Concat(parts));
            var all = RuleSet.Default.Rules.SelectMany(Anchors.For).Select(anchor => anchor.Literal)
                .SelectMany(literal => Enumerable.Range(0, content.Length).Where(at => literal.IsAt(content, at)));
            RuleSet.Default.IndexOfAnchor(content).ShouldBe(all.DefaultIfEmpty(-1).Min());
        });

    private static List<(int Offset, int Literal)> Found(LiteralMatcher matcher, byte[] content)
    {
        var sink = new AllAnchors();
        matcher.Scan(content, ref sink);
        return [.. sink.Found.Order()];
    }

    private static List<(int Offset, int Literal)> Naive((byte[] Bytes, bool IgnoreCase)[] literals, byte[] content)
    {
        var found = new List<(int, int)>();
        for (var offset = 0; offset < content.Length; offset++)
        {
            for (var i = 0; i < literals.Length; i++)
            {
                var (bytes, ignoreCase) = literals[i];
                if (content.Length - offset >= bytes.Length
                    && bytes.Select((b, at) => (b, c: content[offset + at])).All(pair => pair.b == pair.c || (ignoreCase && Folded(pair.b) == Folded(pair.c))))
                {
                    found.Add((offset, i));
                }
            }
        }

        return found;
    }

    private static int Folded(byte b) => char.IsAsciiLetter((char)b) ? b | 0x20 : b;

    private struct AllAnchors() : IAnchorSink
    {
        public List<(int Offset, int Literal)> Found { get; } = [];

        public readonly bool Accept(int offset, int literal)
        {
            Found.Add((offset, literal));
            return true;
        }
    }
}
