using System.Formats.Tar;
using System.Security.Cryptography;
using AtomicPay.Scanner.Containers;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class ContainerTests
{
    private readonly string _key = TestKey.New();

    private byte[] Secret => Packed.Text($"first line\nKEY={_key}\n");

    [Fact]
    public void A_key_in_a_zip_is_found_at_the_members_path() =>
        ShouldBeFoundAlone(Packed.Zip(("conf/app.env", Secret)), "x!/conf/app.env");

    [Fact]
    public void A_zip_behind_a_program_is_opened() =>
        ShouldBeFoundAlone([.. Packed.Text("#!/bin/sh\nexit\n"), .. Packed.Zip(("app.env", Secret))], "x!/app.env");

    [Fact]
    public void A_gzip_stream_has_no_path_of_its_own() => ShouldBeFoundAlone(Packed.Gzip(Secret), "x");

    [Fact]
    public void A_zlib_stream_is_opened() => ShouldBeFoundAlone(Packed.Zlib(Secret), "x");

    [Fact]
    public void All_streams_of_a_gzip_file_are_read() =>
        ShouldBeFoundAlone([.. Packed.Gzip(Packed.Text("nothing")), .. Packed.Gzip(Secret)], "x");

    [Theory]
    [InlineData("bzip2")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public async Task A_compressed_stream_is_opened(string program) =>
        ShouldBeFoundAlone(await Packed.By(program, Secret, "-c"), "x");

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void A_tar_keeps_its_members_paths(TarEntryFormat format)
    {
        var folder = new string('d', 120);
        ShouldBeFoundAlone(Packed.Tar(format, ("empty", []), ($"{folder}/app.env", Secret)), $"x!/{folder}/app.env");
    }

    [Fact]
    public void A_debian_package_is_opened_down_to_its_files() =>
        ShouldBeFoundAlone(
            Packed.Ar(("debian-binary", Packed.Text("2.0\n")), ("data.tar.gz", Packed.Gzip(Packed.Tar(TarEntryFormat.Gnu, ("./etc/loja/app.env", Secret))))),
            "x!/data.tar.gz!/./etc/loja/app.env");

    [Fact]
    public void An_ar_archive_keeps_long_names() =>
        ShouldBeFoundAlone(Packed.Ar(("short.o", [1]), ("a-name-longer-than-the-header.env", Secret)), "x!/a-name-longer-than-the-header.env");

    [Fact]
    public void Archives_within_archives_are_opened() =>
        ShouldBeFoundAlone(
            Packed.Gzip(Packed.Tar(TarEntryFormat.Pax, ("a/outer.zip", Packed.Zip(("inner.zip", Packed.Zip(("app.env", Secret))))))),
            "x!/a/outer.zip!/inner.zip!/app.env");

    [Fact]
    public void The_runs_of_an_office_document_are_joined()
    {
        var runs = $"<w:document><w:r><w:t>{_key[..6]}</w:t></w:r><w:r><w:t>{_key[6..20]}</w:t></w:r><w:r><w:t>{_key[20..]}</w:t></w:r></w:document>";
        ShouldBeFoundAlone(Packed.Zip(("[Content_Types].xml", []), ("word/document.xml", Packed.Text(runs))), "x!/word/document.xml");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\windows\\a.txt")]
    [InlineData("a\nb\u001b[31m")]
    public void A_hostile_name_is_only_text(string name) => ShouldBeFoundAlone(Packed.Zip((name, Secret)), $"x!/{name}");

    [Fact]
    public void A_zip_without_its_directory_is_read_by_its_members_own_headers()
    {
        var zip = Packed.Zip(("a.env", Secret), ("b.bin", RandomNumberGenerator.GetBytes(1000)));
        var (found, skipped) = Packed.Scan(zip[..^100]);

        found.ShouldBe([Packed.Found("x!/a.env", _key)]);
        skipped.ShouldHaveSingleItem().ShouldContain("directory is damaged");
    }

    [Fact]
    public void What_comes_before_the_damage_of_a_gzip_stream_is_found()
    {
        var gzip = Packed.Gzip([.. Secret, .. RandomNumberGenerator.GetBytes(100_000)]);
        var (found, skipped) = Packed.Scan(gzip[..50_000]);

        found.ShouldBe([Packed.Found("x", _key)]);
        skipped.ShouldHaveSingleItem().ShouldContain("damaged or cut off");
    }

    [Fact]
    public void An_encrypted_member_is_named_and_the_others_are_scanned()
    {
        var zip = Packed.Zip(("locked.env", Packed.Text("locked")), ("open.env", Secret));
        // The bit that says so, in the member's header and in the directory.
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        var (found, skipped) = Packed.Scan(zip);

        found.ShouldBe([Packed.Found("x!/open.env", _key)]);
        skipped.ShouldBe(["x!/locked.env: is encrypted"]);
    }

    [Fact]
    public void A_bomb_is_left_at_its_ratio_and_said_to_be_one()
    {
        var (_, skipped) = Packed.Scan(Packed.Gzip(new byte[4 << 20]), new ContainerLimits { AlwaysAllowed = 1 << 20 });

        skipped.ShouldHaveSingleItem().ShouldContain("as only a bomb does");
    }

    [Fact]
    public void Nesting_ends_at_a_depth()
    {
        var zip = Packed.Zip(("app.env", Secret));
        for (var i = 0; i < 20; i++)
        {
            zip = Packed.Zip(("n.zip", zip));
        }

        var (_, skipped) = Packed.Scan(zip);

        skipped.ShouldHaveSingleItem().ShouldContain("8 archives deep");
    }

    [Fact]
    public void Too_many_members_and_too_many_bytes_are_said_once()
    {
        var many = Packed.Zip([.. Enumerable.Range(0, 100_000).Select(i => ($"{i}", Array.Empty<byte>()))]);
        Packed.Scan(many).Skipped.ShouldBeEmpty();
        Packed.Scan(many, new ContainerLimits { Members = 1000 }).Skipped.ShouldHaveSingleItem().ShouldContain("more than 1000 members");

        var inner = Packed.Zip(("a", new byte[100_000]), ("b", new byte[100_000]));
        Packed.Scan(Packed.Zip(("1.zip", inner), ("2.zip", inner)), new ContainerLimits { TotalBytes = 250_000 })
            .Skipped.ShouldHaveSingleItem().ShouldContain("unpacks to more than");
    }

    [Fact]
    public void Text_that_begins_like_an_archive_is_text()
    {
        foreach (var head in (string[])["x^2 + y^2 = z^2, ", "PK is short for ", "BZh and 7z and Rar! ", "Create "])
        {
            var (found, skipped) = Packed.Scan([.. Packed.Text(head), .. Secret]);
            found.ShouldBe([Packed.Found("x", _key)]);
            skipped.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        var random = new Random(7);
        byte[][] archives = [Packed.Zip(("a.env", Secret), ("b", Secret)), Packed.Gzip(Secret), Packed.Tar(TarEntryFormat.Pax, ("a", Secret)), [0xFD, .. "7zXZ\0\0\u0004"u8, .. Secret], [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, .. Secret], [.. "Rar!\u001a\u0007\u0001\0"u8, .. Secret]];
        foreach (var archive in archives)
        {
            for (var i = 0; i < 200; i++)
            {
                var damaged = (byte[])archive.Clone();
                for (var j = 0; j < 4; j++)
                {
                    damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
                }

                Should.NotThrow(() => Packed.Scan(damaged[..random.Next(damaged.Length)]));
            }
        }
    }

    private void ShouldBeFoundAlone(byte[] content, string path)
    {
        var (found, skipped) = Packed.Scan(content);
        found.ShouldBe([Packed.Found(path, _key)]);
        skipped.ShouldBeEmpty();
    }
}
