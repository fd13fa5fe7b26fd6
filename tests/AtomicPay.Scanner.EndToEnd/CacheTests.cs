using System.Security.Cryptography;
using System.Text;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class CacheTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly Workspace _cache = new();

    public CacheTests() => _workspace.NewRepository();

    private string[] Remembered => Directory.GetFiles(_cache.Root, "*", SearchOption.AllDirectories);

    private string OnlyPack => Directory.GetFiles(_workspace.PathOf(".git/objects/pack"), "*.pack").ShouldHaveSingleItem();

    [Fact]
    public async Task A_second_scan_reports_the_same_byte_for_byte()
    {
        var (inFile, inMessage, inTag, inName) = (TestKey.New(), TestKey.New(), TestKey.New(), TestKey.New());
        _workspace.Write($"backup/{inName}.env", "nothing");
        for (var i = 0; i < 40; i++)
        {
            _workspace.Write("deploy/prod.env", $"{new string('a', 400)}\nVERSION={i}\n{(i == 20 ? $"KEY={inFile}\n" : "")}{new string('b', 400)}\n");
            _workspace.Commit(i == 30 ? $"rotate\n\nwas {inMessage}" : $"change {i}");
        }

        _workspace.Git("tag", "--annotate", "v1", "--message", $"key is {inTag}");
        Pack();
        var (first, second) = (await Scan("--no-worktree"), await Scan("--no-worktree"));

        first.Results.Length.ShouldBe(4);
        second.Output.ShouldBe(first.Output);
        second.ExitCode.ShouldBe(first.ExitCode);
        Remembered.ShouldHaveSingleItem();
        CountsOf(second).ShouldBe(CountsOf(first));
    }

    [Fact]
    public async Task A_picture_without_a_key_is_counted_though_it_is_not_read_again()
    {
        var onePixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");
        _workspace.Write("dot.png", onePixel);
        _workspace.Commit("add");
        _workspace.Write("copy/dot.png", onePixel);
        Pack();
        var (first, second) = (await Scan(), await Scan());

        CountsOf(first).ShouldContain("1 picture,");
        CountsOf(second).ShouldBe(CountsOf(first));
    }

    [Fact]
    public async Task What_held_nothing_is_not_read_again()
    {
        CommitRandomBytes();
        Pack();
        (await Scan()).NotScanned.ShouldBeEmpty();
        Damage(OnlyPack);

        (await Scan()).NotScanned.ShouldBeEmpty();
        (await Scan("--no-cache")).NotScanned.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_new_pack_and_new_loose_objects_are_read()
    {
        var (old, packed, loose) = (TestKey.New(), TestKey.New(), TestKey.New());
        _workspace.Write("old.env", old);
        _workspace.Commit("old");
        Pack();
        await Scan();
        _workspace.Write("packed.env", packed);
        _workspace.Commit("packed");
        _workspace.Git("repack", "-dq");
        _workspace.Write("loose.env", loose);
        _workspace.Commit("loose");
        var run = await Scan("--no-worktree");

        run.PathsOf(old).ShouldBe(["old.env"]);
        run.PathsOf(packed).ShouldBe(["packed.env"]);
        run.PathsOf(loose).ShouldBe(["loose.env"]);
        Remembered.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_packs_of_an_alternate_are_remembered_as_well()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");
        Pack();
        using var elsewhere = new Workspace();
        elsewhere.Git("clone", "--quiet", "--bare", "--shared", _workspace.Root, "shared.git");
        var (first, second) = (await Scan(elsewhere, "shared.git"), await Scan(elsewhere, "shared.git"));

        first.PathsOf(key).ShouldBe(["a.env"]);
        second.Output.ShouldBe(first.Output);
        Remembered.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_found_without_pictures_does_not_count_for_a_scan_with_them()
    {
        _workspace.Commit("nothing");
        Pack();
        await Scan("--no-images");
        await Scan();

        Remembered.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("changed")]
    [InlineData("empty")]
    [InlineData("a link")]
    [InlineData("open to others")]
    public async Task A_damaged_file_is_ignored_and_made_anew(string damage)
    {
        var key = TestKey.New();
        _workspace.Write("a.env", $"KEY={key}\n");
        _workspace.Commit("add");
        Pack();
        var first = await Scan();
        var file = Remembered.ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var linked = _workspace.PathOf("../linked-" + Guid.NewGuid());
        switch (damage)
        {
            case "cut off":
                await File.WriteAllBytesAsync(file, whole[..^10], TestContext.Current.CancellationToken);
                break;
            case "changed":
                await File.WriteAllBytesAsync(file, [.. whole[..^60], (byte)(whole[^60] ^ 1), .. whole[^59..]], TestContext.Current.CancellationToken);
                break;
            case "empty":
                await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);
                break;
            case "a link":
                File.Move(file, linked);
                File.CreateSymbolicLink(file, linked);
                break;
            default:
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
                break;
        }

        var second = await Scan();
        File.Delete(linked);

        second.Output.ShouldBe(first.Output);
        second.Error.ShouldNotContain("cache");
        new FileInfo(file).LinkTarget.ShouldBeNull();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(whole);
    }

    [Fact]
    public async Task The_cache_holds_no_key_no_part_of_one_and_no_hash_of_one()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", $"KEY={key}\n");
        _workspace.Commit($"use {key}");
        Pack();
        (await Scan()).Results.ShouldNotBeEmpty();

        var bytes = await File.ReadAllBytesAsync(Remembered.ShouldHaveSingleItem(), TestContext.Current.CancellationToken);
        var (utf8, name) = (Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Remembered[0]));
        for (var at = 0; at + 6 <= utf8.Length; at++)
        {
            ShouldNotHold(utf8.AsSpan(at, 6));
        }

#pragma warning disable CA5350 // Whether the file holds this hash is the question.
        foreach (var hash in (byte[][])[SHA256.HashData(utf8), SHA1.HashData(utf8), SHA256.HashData(utf8.AsSpan("atpay_".Length))])
#pragma warning restore CA5350
        {
            ShouldNotHold(hash.AsSpan(0, 8));
            ShouldNotHold(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.AsSpan(0, 8))));
        }

        void ShouldNotHold(ReadOnlySpan<byte> part) => (bytes.AsSpan().IndexOf(part) < 0 && name.AsSpan().IndexOf(part) < 0).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_cache_nothing_is_written()
    {
        _workspace.Commit("nothing");
        Pack();
        await Scan("--no-cache");

        Directory.EnumerateFileSystemEntries(_cache.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_written_is_no_error()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");
        Pack();
        // A file in the folder's place stops root too, whom permissions do not.
        _cache.Write("atomicpay-scan", "");
        var run = await Scan("--no-worktree");

        run.PathsOf(key).ShouldBe(["a.env"]);
        run.ExitCode.ShouldBe(1);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pack_with_a_damaged_object_is_not_remembered()
    {
        CommitRandomBytes();
        Pack();
        Damage(OnlyPack);
        (await Scan()).NotScanned.ShouldNotBeEmpty();

        Remembered.ShouldBeEmpty();
        (await Scan()).NotScanned.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Only_the_user_may_look_into_the_cache()
    {
        _workspace.Commit("nothing");
        Pack();
        await Scan();

        var file = Remembered.ShouldHaveSingleItem();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(file)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _cache.Dispose();
    }

    /// <summary>The summary without its last part, how long the scan took.</summary>
    private static string CountsOf(ScannerRun run) => string.Join('·', run.Error.Trim().Split('·')[..^1]);

    private static void Damage(string pack)
    {
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.Open(pack, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        file.Write(new byte[64]);
    }

    // So large that half of the pack is in the middle of it.
    private void CommitRandomBytes()
    {
        _workspace.Write("random.bin", RandomNumberGenerator.GetBytes(200_000));
        _workspace.Commit("add");
    }

    private void Pack() => _workspace.Git("repack", "-adfq");

    private Task<ScannerRun> Scan(params string[] arguments) => Scan(_workspace, arguments);

    private Task<ScannerRun> Scan(Workspace workspace, params string[] arguments) => PublishedScanner.Run(
        workspace.Root, new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = _cache.Root }, "", ["scan", "--report", "sarif", .. arguments]);
}
