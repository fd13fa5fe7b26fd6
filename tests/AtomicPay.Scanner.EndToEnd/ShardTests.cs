namespace AtomicPay.Scanner.EndToEnd;

public sealed class ShardTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_parts_together_find_what_a_whole_scan_finds_and_each_thing_falls_to_one_of_them()
    {
        _workspace.NewRepository();
        var keys = Enumerable.Range(0, 32).Select(_ => TestKey.New()).ToList();
        for (var i = 0; i < 16; i++)
        {
            _workspace.Write($"{i}.env", $"KEY={keys[i]}\n");
            _workspace.Write($"{i}.zip", Zipped.Of("inner.env", $"KEY={keys[i + 16]}\n"));
        }

        _workspace.Commit("add");
        File.Delete(_workspace.PathOf("0.env"));
        File.Delete(_workspace.PathOf("0.zip"));
        var whole = await PublishedScanner.Scan(_workspace);
        var parts = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => PublishedScanner.Scan(_workspace, "--shard", $"{i}/3")));

        whole.Results.Length.ShouldBe(32);
        keys.ForEach(key => parts.Sum(p => p.PathsOf(key).Length).ShouldBe(1, "each in one part, also when it lies both there and in history"));
        keys[..16].ForEach(key => parts[0].PathsOf(key).Length.ShouldBe(1, "the first takes all text"));
        parts.Skip(1).Sum(p => p.Results.Length).ShouldBeInRange(1, 16, "and the others take archives off it");
    }

    [Fact]
    public async Task What_one_part_remembers_is_not_taken_for_another()
    {
        _workspace.NewRepository();
        for (var i = 0; i < 8; i++)
        {
            _workspace.Write($"{i}.zip", Zipped.Of("inner.env", $"KEY={TestKey.New()}\n"));
        }

        _workspace.Commit("add");
        _workspace.Git("gc", "--quiet");
        var cache = new Dictionary<string, string?> { ["XDG_CACHE_HOME"] = _workspace.PathOf(".git/cache") };
        var found = 0;
        for (var round = 0; round < 2; round++)
        {
            foreach (var shard in (string[])["2/2", "1/2"])
            {
                found += (await PublishedScanner.Run(_workspace.Root, cache, "", "--report", "sarif", "--no-worktree", "--shard", shard)).Results.Length;
            }
        }

        found.ShouldBe(16);
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    [InlineData("a/b")]
    public async Task A_part_is_one_of_so_many(string shard)
    {
        var run = await PublishedScanner.Run(_workspace.Root, "--shard", shard);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--shard takes I/N");
    }

    public void Dispose() => _workspace.Dispose();
}
