using System.Text;
using AtomicPay.Scanner.Content;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Content;

public sealed class PathTextTests
{
    [Fact]
    public void Any_bytes_come_back_as_they_were() =>
        Gen.OneOf(Gen.Byte, Gen.Byte[0xC2, 0xF4], Gen.Byte[0x80, 0xBF]).Array[0, 40]
            .Sample(bytes => PathText.Encode(PathText.Decode(bytes)).AsSpan().SequenceEqual(bytes));

    [Fact]
    public void Text_is_its_UTF8() =>
        PathText.Encode("é/日本語/😀").ShouldBe(Encoding.UTF8.GetBytes("é/日本語/😀"));

    [Fact]
    public void A_byte_that_is_no_UTF8_becomes_what_Python_makes_of_it() =>
        PathText.Decode([(byte)'a', 0xE9, (byte)'b']).ShouldBe("a\uDCE9b");
}
