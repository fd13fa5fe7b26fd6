using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace AtomicPay.Scanner.Rules.Tests.Matching;

/// <summary>Keys in serialised data, where the length of a string stands before it and the next thing follows at once.</summary>
public class LengthPrefixTests
{
    /// <summary>How formats write a string: what stands before it, given its length, and what type the next thing has.</summary>
    private static readonly (string Format, Func<int, byte[]> Before)[] Formats =
    [
        ("protobuf, field 2", length => [0x0A, 4, .. "loja"u8, 0x12, (byte)length]),
        ("message pack", length => [0x82, 0xA1, (byte)'k', 0xD9, (byte)length]),
        ("cbor", length => [0xA2, 0x61, (byte)'k', 0x78, (byte)length]),
        ("java class", length => [1, 0, 3, .. "foo"u8, 1, 0, (byte)length]),
        ("python, short string", length => [0xE3, 0, 0, 0, 0, (byte)'z', (byte)length]),
        ("python, interned string", length => [0xA9, 2, (byte)'Z' | 0x80, (byte)length]),
        ("property list", length => [0x51, (byte)'k', 0x5F, 0x10, (byte)length]),
        (".net", length => [6, 5, (byte)length]),
        ("little endian", length => [0, 0, 7, .. LittleEndian(length)]),
        ("big endian", length => [9, 0, 0, 0, (byte)length]),
    ];

    /// <summary>What follows a string: a type or a length that looks like a letter, with what it spans.</summary>
    private static readonly Gen<string> Next = Gen.OneOf(
        "z", "Z", "a", "s", "7", "B", "_", "-", "z\u0005hello", "\u0005hello", "\"", "(", "\u0001", "\u0012", "",
        "u\u0005\0\0\0hello", "uB\0\0\0" + Words[..66], "B" + Words[..66], "2B" + Words[..66], "x2" + Words[..50], "z" + Words);

    private static string Words => new StringBuilder().Insert(0, "TheQuickBrownFox7JumpsOver13Lazy-Dogs_", 4).ToString(0, 122);

    [Fact]
    public void A_key_ends_where_its_length_says() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[20, 104], Gen.Int[0, Formats.Length - 1], Next).Where(IsTelling).Sample(
            (seed, bodyLength, format, next) =>
            {
                var key = Keys.Base62Key(seed, bodyLength);
                byte[] before = Formats[format].Before(key.Length);
                byte[] content = [.. before, .. Encoding.Latin1.GetBytes(key + next), 3, 0];
                var match = Scan.Bytes(content).ShouldHaveSingleItem($"{Formats[format].Format}, {key.Length} characters, then \"{next}\"");
                match.Key.ShouldBe(key);
                match.Offset.ShouldBe(before.Length);
                match.Length.ShouldBe(key.Length);
            },
            iter: 4_000);

    /// <summary>The end of a hash, of a time or of any number stands before a name in git's index, in tables of symbols, in images of disks.</summary>
    [Fact]
    public void A_name_that_ends_with_a_zero_byte_is_whole_whatever_number_stands_before_it()
    {
        var cut = new List<string>();
        for (var before = 0; before < 256; before++)
        {
            for (var length = 20; length <= 40; length += 4)
            {
                var key = Keys.Base62Key((before * 100) + length, length);
                byte[] content = [0x9E, 0x01, 0xFF, 0xC3, (byte)before, .. Encoding.ASCII.GetBytes(key), 0, .. "1 1\n"u8, 0x8A, 0xF1];
                if (!Digits(before) && RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued && Scan.Bytes(content) is [var match] && match.Key != key)
                {
                    cut.Add($"{before:x2} {length}");
                }
            }
        }

        cut.ShouldBeEmpty();

        static bool Digits(int c) => c < 0x80 && char.IsAsciiLetterOrDigit((char)c);
    }

    [Fact]
    public void Packed_again_in_base64_it_ends_there_too() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[20, 104]).Where(sample => IsTelling((sample.Item1, sample.Item2, 0, "z"))).Sample(
            (seed, bodyLength) =>
            {
                var key = Keys.Base62Key(seed, bodyLength);
                byte[] message = [0x0A, 4, .. "loja"u8, 0x12, (byte)key.Length, .. Encoding.ASCII.GetBytes(key), (byte)'z', 3, 1, 2, 3];
                Scan.Text($"data: {Convert.ToBase64String(message)}\n").ShouldHaveSingleItem().Key.ShouldBe(key);
            },
            iter: 500);

    [Theory]
    [InlineData("= {0}")]
    [InlineData("=\"{0}\"")]
    [InlineData(": '{0}'")]
    [InlineData("({0})")]
    [InlineData("Bearer {0}")]
    [InlineData("/{0}/")]
    [InlineData("ção,{0};")]
    [InlineData("密钥{0}。")]
    [InlineData("{0}")]
    public void Punctuation_before_a_key_is_no_length(string text)
    {
        for (var length = 18; length < 128; length++)
        {
            var key = Keys.Base62Key(7000 + length, length);
            if (RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued)
            {
                Scan.One(text.Replace("{0}", key, StringComparison.Ordinal)).Key.ShouldBe(key);
                Scan.One("\0\0" + text.Replace("{0}", key, StringComparison.Ordinal) + "\0").Key.ShouldBe(key);
            }
        }
    }

    // A blank is a length only rarely, and a separator nearly always; so are some signs after the letter of a type.
    private static bool IsTelling((int Seed, int BodyLength, int Format, string Next) sample)
    {
        var key = Keys.Base62Key(sample.Seed, sample.BodyLength);
        return key.Length is not (32 or '=' or ':' or '/' or ',' or '"' or '\'' or '`') && RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued;
    }

    private static byte[] LittleEndian(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return bytes;
    }
}
