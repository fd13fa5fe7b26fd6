using System.Text;
using AtomicPay.Scanner.Sources.Git.Staging;

namespace AtomicPay.Scanner.Tests.Sources;

public sealed class IndexFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public IndexFileTests()
    {
        _workspace.NewRepository();
        for (var i = 0; i < 20; i++)
        {
            _workspace.Write($"src/part{i % 3}/file{i}.txt", $"{i}");
        }

        // Longer than the field for a name's length can say.
        _workspace.Write(string.Join('/', Enumerable.Repeat(new string('d', 60), 16)) + "/deep.txt", "deep");
        _workspace.Commit("add");
    }

    [Theory]
    [InlineData("--index-version", "2")]
    [InlineData("--index-version", "4")]
    [InlineData("--split-index")]
    public void The_index_lists_what_git_lists(params string[] form)
    {
        _workspace.Git(["update-index", .. form]);
        _workspace.Write("src/part1/file1.txt", "changed");
        _workspace.Git("add", "--all");
        _workspace.Git("rm", "--quiet", "--cached", "src/part2/file2.txt");
        var index = IndexFile.Read(_workspace.PathOf(".git/index"), 20, _workspace.PathOf(".git"));

        string.Join('\n', index.Entries.Select(e => $"{Convert.ToString(e.Mode, 8)} {index.IdOf(e)} {e.Stage}\t{Encoding.UTF8.GetString(index.PathOf(e))}"))
            .ShouldBe(_workspace.Git("ls-files", "--stage"));
    }

    [Theory]
    [InlineData("--index-version", "2")]
    [InlineData("--index-version", "4")]
    [InlineData("--split-index")]
    public void A_damaged_index_is_invalid_data_and_nothing_worse(params string[] form)
    {
        _workspace.Git(["update-index", .. form]);
        var file = _workspace.PathOf(".git/index");
        var intact = File.ReadAllBytes(file);
        var random = new Random(1);
        for (var round = 0; round < 400; round++)
        {
            var damaged = intact[..(round % 3 == 0 ? random.Next(intact.Length) : intact.Length)];
            for (var i = random.Next(1, 6); i > 0 && damaged.Length > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(file, damaged);
            try
            {
                var index = IndexFile.Read(file, 20, _workspace.PathOf(".git"));
                foreach (var entry in index.Entries)
                {
                    _ = (index.PathOf(entry).Length, index.IdOf(entry));
                }
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                // What the scan reports as an index that cannot be read.
            }
        }
    }

    public void Dispose() => _workspace.Dispose();
}
