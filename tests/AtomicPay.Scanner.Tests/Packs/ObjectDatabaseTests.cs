using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class ObjectDatabaseTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Every_object_of_a_pack_is_read(string format)
    {
        using var repository = await GitRepository.CreateWithHistory(format: format);
        await ShouldReadAll(repository);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Every_loose_object_is_read(string format)
    {
        using var repository = await GitRepository.CreateWithHistory(format: format);
        await repository.Unpack();
        Directory.GetFiles(repository.Packs).ShouldBeEmpty();
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task An_empty_repository_has_nothing_to_read()
    {
        using var repository = await GitRepository.Create();
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task An_empty_blob_is_read_loose_and_packed()
    {
        using var repository = await GitRepository.Create();
        var id = await repository.AddBlob([]);
        await ShouldReadAll(repository);
        await PackByName(repository, id);
        await repository.Git("prune-packed");
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task Chains_thousands_of_deltas_deep_are_walked()
    {
        using var repository = await GitRepository.Create();
        await repository.Import(1500, seed: 3);
        await repository.Repack("--depth=4000", "--window=4");
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task A_base_that_was_dropped_for_want_of_memory_is_made_again()
    {
        using var repository = await GitRepository.Create();
        await repository.Import(800, seed: 4);
        await repository.Repack("--depth=300", "--window=30");
        await ShouldReadAll(repository, new ReadOptions { Jobs = 1, HeldBytes = 1 });
        await ShouldReadAll(repository, new ReadOptions { Jobs = 3, HeldBytes = 40_000 });
    }

    [Fact]
    public async Task Deltas_that_name_their_base_are_read()
    {
        using var repository = await GitRepository.CreateWithHistory();
        await repository.Git("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq");
        await ShouldReadAll(repository);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("2,0x40")]
    public async Task Every_version_of_the_index_is_read(string version)
    {
        using var repository = await GitRepository.CreateWithHistory();
        var pack = repository.OnlyPack;
        File.Delete(Path.ChangeExtension(pack, ".idx"));
        await repository.Git("index-pack", $"--index-version={version}", pack);
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task Several_packs_and_loose_objects_are_read_together()
    {
        using var repository = await GitRepository.Create();
        for (var seed = 10; seed < 14; seed++)
        {
            await repository.Import(20, seed);
            await repository.Git("repack", "-dq");
        }

        await repository.AddBlob("loose"u8.ToArray());
        Directory.GetFiles(repository.Packs, "*.pack").Length.ShouldBeGreaterThan(1);
        await ShouldReadAll(repository);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_base_may_lie_in_another_pack_or_loose(bool isLoose)
    {
        using var repository = await GitRepository.Create();
        var random = new Random(5);
        var first = new byte[20_000];
        random.NextBytes(first);
        byte[] second = [.. first, 1, 2, 3];
        var firstId = await repository.AddBlob(first);
        var secondId = await repository.AddBlob(second);
        var thin = HandMadePack.Make(secondId, firstId, first.Length, [.. second[first.Length..]]);
        await thin.WriteTo(repository);
        File.Delete(Path.Join(repository.Objects, secondId[..2], secondId[2..]));
        if (!isLoose)
        {
            await PackByName(repository, firstId);
            await repository.Git("prune-packed");
        }

        var sink = CollectingSink.ReadingOf(repository);
        sink.Skips.ShouldBeEmpty();
        sink.Objects.ShouldBe(new[] { $"{firstId} blob {first.Length}", $"{secondId} blob {second.Length}" }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_base_that_does_not_exist_is_told_with_its_name()
    {
        using var repository = await GitRepository.CreateWithHistory(5);
        var missing = new string('a', 40);
        var orphan = new string('b', 40);
        await HandMadePack.Make(orphan, missing, 100, [1]).WriteTo(repository);
        var sink = CollectingSink.ReadingOf(repository);
        sink.Skips.ShouldBe([(ObjectId.Parse(orphan), $"its delta base {missing} is not in the repository")]);
        sink.Objects.Length.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alternates_are_read_over_several_steps_and_in_circles(bool isRelative)
    {
        using var first = await GitRepository.CreateWithHistory(seed: 1);
        using var second = await GitRepository.CreateWithHistory(seed: 2);
        using var third = await GitRepository.CreateWithHistory(seed: 3);
        await Link(first, second);
        await Link(second, third);
        await ShouldReadAll(first);
        await Link(third, first);
        CollectingSink.ReadingOf(first).Objects.ShouldBe(CollectingSink.ReadingOf(third).Objects);

        Task Link(GitRepository from, GitRepository to) => File.WriteAllTextAsync(
            Path.Join(from.Objects, "info", "alternates"),
            "# a comment\n" + (isRelative ? Path.GetRelativePath(from.Objects, to.Objects) : $"\"{to.Objects}\"") + "\n");
    }

    [Fact]
    public async Task An_alternate_that_is_gone_is_told()
    {
        using var repository = await GitRepository.CreateWithHistory(5);
        await File.WriteAllTextAsync(Path.Join(repository.Objects, "info", "alternates"), "/nowhere/objects\n", TestContext.Current.CancellationToken);
        CollectingSink.ReadingOf(repository).Skips.ShouldHaveSingleItem().Reason.ShouldBe("the object folder /nowhere/objects does not exist");
    }

    [Theory]
    [InlineData("multi-pack-index", "write")]
    [InlineData("commit-graph", "write", "--reachable")]
    [InlineData("repack", "-adq", "--write-bitmap-index")]
    [InlineData("repack", "-adq", "--cruft")]
    [InlineData("pack-refs", "--all")]
    public async Task What_git_keeps_to_be_faster_changes_nothing(params string[] command)
    {
        using var repository = await GitRepository.CreateWithHistory(20);
        await repository.Import(15, seed: 5);
        await repository.AddBlob("unreachable"u8.ToArray());
        await repository.Git(command);
        await ShouldReadAll(repository);
    }

    [Fact]
    public async Task A_pack_of_a_promisor_is_read_as_any_other()
    {
        using var repository = await GitRepository.CreateWithHistory();
        await File.WriteAllTextAsync(Path.ChangeExtension(repository.OnlyPack, ".promisor"), "", TestContext.Current.CancellationToken);
        await ShouldReadAll(repository);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_object_comes_in_windows_that_overlap(bool isPacked)
    {
        using var repository = await GitRepository.Create();
        var content = new byte[1_000_000];
        new Random(6).NextBytes(content);
        var id = await repository.AddBlob(content);
        if (isPacked)
        {
            await PackByName(repository, id);
            await repository.Git("prune-packed");
        }

        var sink = await ShouldReadAll(repository, new ReadOptions { WholeUpTo = 10_000, WindowBytes = 5000, WindowOverlap = 100 });
        sink.WindowsOf(id).ShouldBe((int)Math.Ceiling((1_000_000 - 100) / 4900.0));
    }

    [Fact]
    public async Task Large_deltas_come_in_windows_and_their_bases_whole()
    {
        using var repository = await GitRepository.CreateWithHistory(200);
        await ShouldReadAll(repository, new ReadOptions { WholeUpTo = 2000, WindowBytes = 1500, WindowOverlap = 100 });
    }

    [Fact]
    public async Task Deltas_on_a_base_too_large_to_be_held_are_told_and_the_base_is_read()
    {
        using var repository = await GitRepository.CreateWithHistory(100);
        var sink = CollectingSink.ReadingOf(repository, new ReadOptions { WholeUpTo = 2000, LargestBase = 2000, WindowBytes = 1500, WindowOverlap = 100 });
        sink.Skips.ShouldNotBeEmpty();
        sink.Skips.ShouldAllBe(skip => skip.Reason.StartsWith("its delta base") && skip.Reason.EndsWith("is too large to be held"));
        var all = await repository.List();
        sink.Objects.Length.ShouldBe(all.Length - sink.Skips.Count);
        all.ShouldBeSubsetOf(sink.Objects.Concat(all.Where(line => sink.Skips.Any(skip => line.StartsWith(skip.Id.ToString()!)))));
    }

    [Fact]
    public async Task Only_the_kinds_asked_for_are_handed_over()
    {
        using var repository = await GitRepository.CreateWithHistory();
        var kinds = ObjectKinds.Commits | ObjectKinds.Tags;
        var expected = (await repository.List()).Where(line => line.Contains(" commit ") || line.Contains(" tag "));
        CollectingSink.ReadingOf(repository, new ReadOptions { Kinds = kinds }).Objects.ShouldBe(expected);
        await repository.Unpack();
        CollectingSink.ReadingOf(repository, new ReadOptions { Kinds = kinds }).Objects.ShouldBe(expected);
    }

    [Fact]
    public async Task What_only_fresh_bytes_are_shown_of_yields_the_same_matches()
    {
        using var repository = await GitRepository.CreateWithHistory(400);
        var anchor = "a1"u8.ToArray();
        var whole = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 2 }, anchor);
        var fresh = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 2, Margin = 1 }, anchor);
        fresh.ShownFresh.ShouldBeGreaterThan(100);
        whole.ShownFresh.ShouldBe(0);
        whole.Matches.Count.ShouldBeInRange(1, 1000);
        fresh.Matches.Order().ShouldBe(whole.Matches.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Every_number_of_threads_reads_the_same(int jobs)
    {
        using var repository = await GitRepository.CreateWithHistory(500, seed: 20);
        for (var i = 0; i < 10; i++)
        {
            await ShouldReadAll(repository, new ReadOptions { Jobs = jobs, HeldBytes = i % 2 == 0 ? 1 : 1 << 20 });
        }
    }

    [Fact]
    public async Task One_tree_of_deltas_is_shared_among_threads()
    {
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        pack.AddBlob(0.ToString("x40", null), new byte[1000]);
        for (var i = 1; i < 3000; i++)
        {
            var delta = new[] { HandMadePack.Size(1000), HandMadePack.Size(1000), HandMadePack.Copy(0, 1000) }.SelectMany(bytes => bytes).ToArray();
            pack.AddOffsetDelta(i.ToString("x40", null), pack.OffsetOf((i - 1) / 2), delta);
        }

        await pack.WriteTo(repository);
        var sink = new ThreadCountingSink();
        ObjectDatabase.Open(repository.Objects, 20).ReadAll(sink, new ReadOptions { Jobs = 4 }, TestContext.Current.CancellationToken);
        sink.Objects.ShouldBe(3000);
        sink.Threads.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Loose_objects_that_a_repack_moves_meanwhile_are_found_in_its_pack()
    {
        using var repository = await GitRepository.CreateWithHistory(40);
        await repository.Unpack();
        var all = await repository.List();
        var sink = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 1 }, onFirst: () => repository.Repack().GetAwaiter().GetResult());
        sink.Skips.ShouldBeEmpty();
        sink.Objects.Distinct().ShouldBe(all);
    }

    [Fact]
    public async Task Packs_that_a_repack_removes_meanwhile_are_found_in_the_new_one()
    {
        using var repository = await GitRepository.Create();
        for (var seed = 30; seed < 33; seed++)
        {
            await repository.Import(15, seed);
            await repository.Git("tag", $"keep{seed}", "main");
        }

        var all = await repository.List();
        Directory.GetFiles(repository.Packs, "*.pack").Length.ShouldBe(3);
        var sink = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 1 }, onFirst: () => repository.Repack().GetAwaiter().GetResult());
        sink.Skips.ShouldBeEmpty();
        sink.Objects.Distinct().ShouldBe(all);
    }

    [Fact]
    public async Task What_is_gone_for_good_is_told()
    {
        using var repository = await GitRepository.Create();

        // Both in one folder (17), so that they are listed together.
        var ids = new[] { await repository.AddBlob("object 1"u8.ToArray()), await repository.AddBlob("object 8"u8.ToArray()) };
        ids[0][..2].ShouldBe(ids[1][..2]);
        var paths = ids.Select(id => Path.Join(repository.Objects, id[..2], id[2..])).ToList();
        var sink = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 1 }, onFirst: () => paths.ForEach(File.Delete));
        sink.Skips.ShouldHaveSingleItem().Reason.ShouldBe("it was removed while it was being read");
        sink.Objects.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_sink_throws_comes_out()
    {
        using var repository = await GitRepository.CreateWithHistory(50);
        Should.Throw<NotSupportedException>(() =>
            CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 4 }, onFirst: () => throw new NotSupportedException()));
    }

    [Fact]
    public async Task Being_cancelled_is_the_one_exception()
    {
        using var repository = await GitRepository.CreateWithHistory();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        Should.Throw<OperationCanceledException>(() =>
            ObjectDatabase.Open(repository.Objects, 20).ReadAll(new CollectingSink(), new ReadOptions(), cancellation.Token));
    }

    private static async Task<CollectingSink> ShouldReadAll(GitRepository repository, ReadOptions? options = null)
    {
        var sink = CollectingSink.ReadingOf(repository, options);
        sink.Skips.ShouldBeEmpty();
        sink.Objects.ShouldBe(await repository.List());
        return sink;
    }

    private static async Task PackByName(GitRepository repository, string id)
    {
        using var input = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(id + "\n"));
        await repository.Git(input, "pack-objects", "-q", Path.Join(repository.Packs, "pack"));
    }
}
