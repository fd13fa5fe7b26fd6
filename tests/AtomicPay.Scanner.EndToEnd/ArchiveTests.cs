using System.IO.Compression;
using System.Text;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class ArchiveTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_key_in_a_zip_is_found_at_its_members_path()
    {
        var key = TestKey.New();
        _workspace.Write("backup/conf.zip", Zip("conf/.env", $"KEY={key}"));
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["backup/conf.zip!/conf/.env"]);
        run.PropertiesOf(key).GetProperty("decodedBy").EnumerateArray().Select(d => d.GetString()).ShouldBe(["zip"]);
    }

    [Fact]
    public async Task A_zip_in_a_zip_in_a_gzip_is_opened()
    {
        var key = TestKey.New();
        _workspace.Write("a.gz", Gzip(Zip("inner.zip", Zip("deep.txt", key))));
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).Single().ShouldEndWith("inner.zip!/deep.txt");
        run.PropertiesOf(key).GetProperty("decodedBy").EnumerateArray().Select(d => d.GetString()).ShouldBe(["gzip", "zip", "zip"]);
    }

    [Fact]
    public async Task A_zip_that_only_history_holds_is_opened()
    {
        var key = TestKey.New();
        _workspace.NewRepository();
        _workspace.Write("conf.zip", Zip("conf/.env", $"KEY={key}"));
        var brought = _workspace.Commit("add");
        File.Delete(_workspace.PathOf("conf.zip"));
        _workspace.Commit("remove");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["conf.zip!/conf/.env"]);
        run.PropertiesOf(key).GetProperty("commit").GetString().ShouldBe(brought);
    }

    [Fact]
    public async Task A_truncated_zip_or_gzip_is_said_and_what_it_shows_is_found()
    {
        var key = TestKey.New();
        var packed = Gzip(Encoding.ASCII.GetBytes($"KEY={key}\n{Noise(20_000)}"));
        _workspace.Write("cut.gz", packed[..(packed.Length / 2)]);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).Length.ShouldBe(1);
        run.NotScanned.ShouldNotBeEmpty();
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_bomb_ends_and_is_said()
    {
        _workspace.Write("bomb.gz", Gzip(new byte[64 << 20]));
        _workspace.Write("bomb.zip", Zip("zeros", Gzip(new byte[64 << 20])));
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(run.NotScanned.IsEmpty ? 0 : 2);
    }

    [Fact]
    public async Task Archives_are_left_out_when_asked()
    {
        var key = TestKey.New();
        _workspace.Write("conf.zip", Zip("conf/.env", $"KEY={key}"));

        (await PublishedScanner.Scan(_workspace, "--no-archives")).PathsOf(key).ShouldBeEmpty();
    }

    public void Dispose() => _workspace.Dispose();

    private static byte[] Zip(string path, string text) => Zip(path, Encoding.UTF8.GetBytes(text));

    private static byte[] Zip(string path, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var member = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
            member.Write(content);
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    private static string Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
