using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>A bare repository in a temporary folder, made by the git program.</summary>
internal sealed class GitRepository : IDisposable
{
    private GitRepository(string folder) => Folder = folder;

    public string Folder { get; }

    public string Objects => Path.Join(Folder, "objects");

    public string Packs => Path.Join(Objects, "pack");

    public string OnlyPack => Directory.GetFiles(Packs, "*.pack").ShouldHaveSingleItem();

    public static async Task<GitRepository> Create(string format = "sha1")
    {
        var repository = new GitRepository(Directory.CreateTempSubdirectory("packs-").FullName);
        await repository.Git("init", "--quiet", "--bare", $"--object-format={format}", ".");
        return repository;
    }

    /// <summary>A repository with versions of a few files, tags and notes among them, all in one pack.</summary>
    public static async Task<GitRepository> CreateWithHistory(int commits = 60, string format = "sha1", int seed = 1)
    {
        var repository = await Create(format);
        await repository.Import(commits, seed);
        await repository.Repack();
        return repository;
    }

    public Task<string> Git(params string[] arguments) => Git(Stream.Null, arguments);

    public async Task<string> Git(Stream input, params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap("git")
            .WithArguments(["-c", "gc.auto=0", "-c", "repack.writeBitmaps=false", "-c", "fastimport.unpackLimit=1", "-c", "core.fsync=none", .. arguments])
            .WithWorkingDirectory(Folder)
            .WithEnvironmentVariables(variables => variables
                .Set("GIT_DIR", Folder)
                .Set("GIT_CONFIG_GLOBAL", "/dev/null")
                .Set("GIT_CONFIG_NOSYSTEM", "1"))
            .WithStandardInputPipe(PipeSource.FromStream(input))
            .ExecuteBufferedAsync();
        return result.StandardOutput;
    }

    public Task Repack(params string[] arguments) => Git(["repack", "-adfq", .. arguments]);

    public async Task<string> AddBlob(byte[] content)
    {
        using var input = new MemoryStream(content);
        return (await Git(input, "hash-object", "-w", "--stdin")).Trim();
    }

    /// <summary>"id kind size" of every object, as git lists them.</summary>
    public async Task<string[]> List() =>
        (await Git("cat-file", "--batch-all-objects", "--batch-check")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Turns every pack into loose objects.</summary>
    public async Task Unpack()
    {
        foreach (var pack in Directory.GetFiles(Packs, "*.pack"))
        {
            var bytes = await File.ReadAllBytesAsync(pack);
            File.Delete(pack);
            File.Delete(Path.ChangeExtension(pack, ".idx"));
            using var input = new MemoryStream(bytes);
            await Git(input, "unpack-objects", "-q");
        }
    }

    public void Dispose()
    {
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal;
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Every commit changes some lines of one of seven files; every tenth is tagged.</summary>
    public async Task Import(int commits, int seed)
    {
        var random = new Random(seed);
        var files = Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, 120).Select(_ => Line(random)).ToList()).ToList();
        var script = new StringBuilder();
        for (var i = 0; i < commits; i++)
        {
            var file = files[i % files.Count];
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                file[random.Next(file.Count)] = Line(random);
            }

            file.Insert(random.Next(file.Count), Line(random));
            var content = string.Join('\n', file);
            script.Append($"commit refs/heads/main\nmark :{i + 1}\ncommitter A <a@example.com> {1_700_000_000 + i} +0000\n");
            script.Append($"data <<END\nChange {i} of {seed}\nEND\n");
            script.Append($"M 100644 inline folder{i % 3}/file{i % files.Count}.txt\ndata {content.Length}\n{content}\n");
            if (i % 10 == 0)
            {
                script.Append($"tag v{seed}.{i}\nfrom :{i + 1}\ntagger A <a@example.com> {1_700_000_000 + i} +0000\ndata <<END\nVersion {i}\nEND\n");
            }
        }

        using var input = new MemoryStream(Encoding.ASCII.GetBytes(script.ToString()));
        await Git(input, "fast-import", "--quiet", "--force");
    }

    private static string Line(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(3, 9)).Select(_ => random.Next(100_000).ToString("x", null)));
}
