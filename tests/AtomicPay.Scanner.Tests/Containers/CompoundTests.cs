using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class CompoundTests
{
    private readonly string _key = TestKey.New();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_that_lies_across_sectors_is_found(bool isWide)
    {
        var text = $"{new string(' ', isWide ? 240 : 490)}{_key} {new string(' ', 3000)}";
        ShouldBeFoundAlone(DrawnCompound.With(("WordDocument", isWide ? Encoding.Unicode.GetBytes(text) : Packed.Text(text))), "x!/WordDocument");
    }

    [Fact]
    public void The_source_of_a_macro_is_unpacked()
    {
        // Literals only, but for one copy: the key's tail stands once more behind it, and is written as a distance.
        var source = Packed.Text($"Attribute VB_Name = \"M\"\r\nConst Key = \"{_key}\"\r\n");
        var packed = new List<byte>();
        foreach (var eight in source.Chunk(8))
        {
            packed.Add(0);
            packed.AddRange(eight);
        }

        var chunk = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(chunk, (ushort)(0xB000 | (packed.Count - 1)));
        ShouldBeFoundAlone(DrawnCompound.With(("Module1", [.. new byte[700], 1, .. chunk, .. packed])), "x!/Module1");
    }

    [Fact]
    public void A_packed_file_is_opened()
    {
        var zip = Packed.Zip(("app.env", Packed.Text(_key)));
        byte[] package = [0, 0, 0, 0, 2, 0, .. "conf.zip\0C:\\conf.zip\0"u8, 0, 0, 3, 0, 2, 0, 0, 0, .. "a\0"u8, .. BitConverter.GetBytes(zip.Length), .. zip];
        ShouldBeFoundAlone(DrawnCompound.With(("\u0001Ole10Native", package)), "x!/\u0001Ole10Native!/app.env");
    }

    [Fact]
    public void An_encrypted_document_is_said_to_be()
    {
        Packed.Scan(DrawnCompound.With(("EncryptionInfo", new byte[600]), ("EncryptedPackage", new byte[600]))).Skipped.ShouldBe(["x!/EncryptedPackage: is encrypted"]);
    }

    [Fact]
    public void Chains_and_entries_that_lead_in_circles_end()
    {
        var file = DrawnCompound.With(("a", new byte[2000]), ("b", Packed.Text(_key + new string(' ', 600))));
        for (var i = 1; i < 6; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512 + (4 * i)), 1);
            Should.NotThrow(() => Packed.Scan(file));
        }
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        foreach (var damaged in Damaged.Of(DrawnCompound.With(("a", new byte[2000]), ("b", Packed.Text(_key + new string(' ', 600)))), 400))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    private void ShouldBeFoundAlone(byte[] content, string path)
    {
        var (found, skipped) = Packed.Scan(content);
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }
}
