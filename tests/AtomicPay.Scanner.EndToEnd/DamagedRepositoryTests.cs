namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Repositories that a disk, a copy or somebody with intent damaged: whatever it is, the scan ends, and never as clean.</summary>
public sealed class DamagedRepositoryTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public DamagedRepositoryTests()
    {
        _workspace.NewRepository();
        for (var version = 0; version < 12; version++)
        {
            _workspace.Write("a.txt", string.Join('\n', Enumerable.Range(0, 400).Select(line => line % 12 == version ? $"{line} is {Guid.NewGuid()}" : $"{line}")));
            _workspace.Commit($"{version}");
        }

        _workspace.Git("repack", "-adfq", "--depth=20");
        _workspace.Git("pack-refs", "--all");
    }

    private string Pack => Directory.GetFiles(_workspace.PathOf(".git/objects/pack"), "*.pack").ShouldHaveSingleItem();

    private string Index => Path.ChangeExtension(Pack, ".idx");

    public static TheoryData<string> Damages() =>
    [
        "a byte of the pack", "the pack is cut off", "the pack is empty", "the pack is not there", "a byte of the index's offsets", "the index is cut off",
        "the index is not there", "the index is of another pack", "a loose object", "an empty loose object", "the alternate is not there", "the hash is not known",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_said_and_never_green_and_hides_no_key_elsewhere(string what)
    {
        Damage(what);
        var run = await PublishedScanner.Scan(_workspace, "--no-cache");

        run.ExitCode.ShouldBe(2, run.Error);
        run.ExecutionSuccessful.ShouldBeFalse();
        run.NotScanned.ShouldNotBeEmpty();
        run.Error.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");

        var key = TestKey.New();
        _workspace.Write("b.txt", key);
        (await PublishedScanner.Scan(_workspace, "--no-cache")).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("a byte of the pack")]
    [InlineData("the pack is cut off")]
    [InlineData("the pack is not there")]
    [InlineData("the index is not there")]
    [InlineData("the hash is not known")]
    public async Task A_range_of_a_damaged_repository_is_never_green(string what)
    {
        Damage(what);
        var run = await PublishedScanner.Scan(_workspace, "--range", "HEAD~11..HEAD");

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");
    }

    [Fact]
    public async Task A_damaged_object_is_called_what_it_is()
    {
        var blob = LooseBlob();
        var file = _workspace.PathOf($".git/objects/{blob[..2]}/{blob[2..]}");
        Replace(file, bytes => bytes[..^5]);
        (await PublishedScanner.Scan(_workspace)).NotScanned.ShouldHaveSingleItem().ShouldContain($"blob {blob}");

        Replace(file, _ => [1, 2, 3]);
        (await PublishedScanner.Scan(_workspace)).NotScanned.ShouldHaveSingleItem().ShouldContain($"object {blob}");
    }

    public void Dispose() => _workspace.Dispose();

    private string LooseBlob()
    {
        _workspace.Write("loose.txt", string.Join('\n', Enumerable.Range(0, 500)));
        var id = _workspace.Git("hash-object", "-w", "loose.txt");
        File.Delete(_workspace.PathOf("loose.txt"));
        return id;
    }

    private void Damage(string what)
    {
        switch (what)
        {
            case "a byte of the pack":
                Change(Pack, bytes => bytes[bytes.Length / 2] ^= 0x55);
                break;
            case "the pack is cut off":
                Replace(Pack, bytes => bytes[..(bytes.Length / 2)]);
                break;
            case "the pack is empty":
                Replace(Pack, _ => []);
                break;
            case "the pack is not there":
                File.Delete(Pack);
                break;
            case "a byte of the index's offsets":
                // The table lies behind the fan-out and, for each of 36 objects, its name and checksum.
                Change(Index, bytes => bytes[8 + 1024 + (36 * 24) + 2] ^= 0x55);
                break;
            case "the index is cut off":
                Replace(Index, bytes => bytes[..(bytes.Length / 2)]);
                break;
            case "the index is not there":
                File.Delete(Index);
                break;
            case "the index is of another pack":
                Change(Index, bytes => bytes[^25] ^= 0x55);
                break;
            case "a loose object":
                Replace(FileOf(LooseBlob()), bytes => bytes[..^5]);
                break;
            case "an empty loose object":
                Replace(FileOf(LooseBlob()), _ => []);
                break;
            case "the alternate is not there":
                _workspace.Write(".git/objects/info/alternates", "../../nowhere\n");
                break;
            default:
                _workspace.Git("config", "core.repositoryFormatVersion", "1");
                File.AppendAllText(_workspace.PathOf(".git/config"), "[extensions]\n\tobjectFormat = sha512\n");
                break;
        }

        string FileOf(string id) => _workspace.PathOf($".git/objects/{id[..2]}/{id[2..]}");
    }

    private static void Change(string file, Action<byte[]> change) => Replace(file, bytes =>
    {
        change(bytes);
        return bytes;
    });

    private static void Replace(string file, Func<byte[], byte[]> change)
    {
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllBytes(file, change(File.ReadAllBytes(file)));
    }
}
