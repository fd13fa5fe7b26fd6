using System.Buffers.Binary;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class PngTextTests
{
    private readonly string _key = TestKey.New();

    [Fact]
    public void A_compressed_text_is_read() =>
        ShouldBeFound(Chunk("zTXt", [.. "Comment\0\0"u8, .. Packed.Zlib(Packed.Text(_key))]));

    [Fact]
    public void A_compressed_international_text_is_read() =>
        ShouldBeFound(Chunk("iTXt", [.. "XML:com.adobe.xmp\0\u0001\0en\0name\0"u8, .. Packed.Zlib(Packed.Text(_key))]));

    [Fact]
    public void A_profile_in_digits_is_read()
    {
        var digits = string.Join('\n', Convert.ToHexStringLower(Packed.Text($"Exif {_key} ")).Chunk(36).Select(line => new string(line)));
        ShouldBeFound(Chunk("zTXt", [.. "Raw profile type exif\0\0"u8, .. Packed.Zlib(Packed.Text($"\nexif\n      {_key.Length}\n{digits}\n"))]));
    }

    [Fact]
    public void What_is_not_compressed_is_found_in_the_pictures_bytes()
    {
        ShouldBeFound(Chunk("tEXt", [.. "Comment\0"u8, .. Packed.Text(_key)]));
        ShouldBeFound([.. Chunk("IEND", []), .. Packed.Text(_key)]);
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        byte[] png = [.. Signature, .. Chunk("zTXt", [.. "a\0\0"u8, .. Packed.Zlib(Packed.Text(_key))]), .. Chunk("iTXt", [.. "a\0\u0001\0\0\0"u8, .. Packed.Zlib(Packed.Text(_key))])];
        foreach (var damaged in Damaged.Of(png, 300))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    private static byte[] Signature => [0x89, .. "PNG\r\n\u001a\n"u8];

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Packed.Text(type), .. data, 0, 0, 0, 0];
    }

    private void ShouldBeFound(byte[] chunk)
    {
        var (found, skipped) = Packed.Scan([.. Signature, .. chunk, .. Chunk("IEND", [])]);
        found.ShouldBe([Packed.Found("x", _key)]);
        skipped.ShouldBeEmpty();
    }
}
