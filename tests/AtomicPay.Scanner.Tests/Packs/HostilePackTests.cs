using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class HostilePackTests
{
    private static readonly string A = new('a', 40);
    private static readonly string B = new('b', 40);
    private static readonly string C = new('c', 40);

    [Fact]
    public async Task Any_single_byte_of_a_pack_may_be_wrong_and_the_rest_is_read()
    {
        using var repository = await GitRepository.CreateWithHistory(12);
        var all = await repository.List();
        var path = repository.OnlyPack;
        File.SetAttributes(path, FileAttributes.Normal);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var damaged = (byte[])bytes.Clone();
            var at = random.Next(12, bytes.Length - 20);
            damaged[at] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            var sink = CollectingSink.ReadingOf(repository);
            sink.Skips.ShouldNotBeEmpty($"byte {at}");
            sink.Objects.Length.ShouldBe(all.Length - sink.Skips.Count(skip => skip.Id is not null), $"byte {at}");
        }
    }

    [Fact]
    public async Task Any_single_byte_of_an_index_may_be_wrong()
    {
        using var repository = await GitRepository.CreateWithHistory(12);
        var path = Path.ChangeExtension(repository.OnlyPack, ".idx");
        File.SetAttributes(path, FileAttributes.Normal);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var random = new Random(8);
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i < 100 ? random.Next(1032) : random.Next(1032, bytes.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            Should.NotThrow(() => CollectingSink.ReadingOf(repository));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(2000)]
    public async Task A_pack_that_was_cut_off_is_told_and_what_is_left_is_read(int left)
    {
        using var repository = await GitRepository.CreateWithHistory(30);
        var all = await repository.List();
        var path = repository.OnlyPack;
        File.SetAttributes(path, FileAttributes.Normal);
        await using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(left);
        }

        var sink = CollectingSink.ReadingOf(repository);
        sink.Skips.ShouldContain(skip => skip.Id == null && skip.Reason.Contains("cut off"));
        sink.Objects.ShouldBeSubsetOf(all);
        if (left == 2000)
        {
            sink.Objects.ShouldNotBeEmpty();
            sink.Skips.Count(skip => skip.Id is not null).ShouldBe(all.Length - sink.Objects.Length);
        }
    }

    [Fact]
    public async Task A_pack_without_an_index_is_told()
    {
        using var repository = await GitRepository.CreateWithHistory(5);
        await repository.Git("multi-pack-index", "write");
        File.Delete(Path.ChangeExtension(repository.OnlyPack, ".idx"));
        var reason = CollectingSink.ReadingOf(repository).Skips.ShouldHaveSingleItem().Reason;
        reason.ShouldBe($"the pack {repository.OnlyPack} has no index of its own, and the multi-pack index is not read");
    }

    [Fact]
    public async Task An_index_without_its_pack_is_told()
    {
        using var repository = await GitRepository.CreateWithHistory(5);
        var index = Path.ChangeExtension(repository.OnlyPack, ".idx");
        File.Delete(repository.OnlyPack);
        CollectingSink.ReadingOf(repository).Skips.ShouldHaveSingleItem().Reason.ShouldBe($"the index {index} has no pack");
    }

    [Fact]
    public async Task What_is_skipped_is_called_by_its_kind_where_that_is_known()
    {
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        var root = pack.NextOffset;
        pack.Add(A, type: 2, statedSize: 10, head: [], content: new byte[10_000]);
        pack.AddOffsetDelta(B, root, [10, 10, 0x90, 10]);
        pack.AddNamedDelta(C, new string('9', 40), [0, 0]);
        await pack.WriteTo(repository);
        var sink = CollectingSink.ReadingOf(repository);

        sink.Skips.Count.ShouldBe(3);
        sink.SkippedKinds.OrderBy(kind => kind).ShouldBe([null, GitObjectKind.Tree, GitObjectKind.Tree]);
    }

    [Fact]
    public async Task A_loose_object_that_is_damaged_is_told_with_its_name()
    {
        using var repository = await GitRepository.Create();
        var good = await repository.AddBlob("good"u8.ToArray());
        var bad = await repository.AddBlob(new byte[5000]);
        var empty = await repository.AddBlob("soon empty"u8.ToArray());
        Overwrite(bad, bytes => [.. bytes[..^6]]);
        Overwrite(empty, _ => []);
        var sink = CollectingSink.ReadingOf(repository);
        sink.Objects.ShouldBe([$"{good} blob 4"]);
        sink.Skips.OrderBy(skip => skip.Id).ShouldBe(new[] { bad, empty }.Order(StringComparer.Ordinal).Select(id => ((ObjectId?)ObjectId.Parse(id), "its file is damaged")));

        void Overwrite(string id, Func<byte[], byte[]> change)
        {
            var path = Path.Join(repository.Objects, id[..2], id[2..]);
            File.SetAttributes(path, FileAttributes.Normal);
            File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        }
    }

    [Fact]
    public async Task A_size_that_no_data_can_have_is_not_allocated()
    {
        var pack = new HandMadePack();
        pack.Add(A, 3, 1L << 58, [], [1, 2, 3]);
        pack.Add(B, 3, 1L << 29, [], [1, 2, 3]);
        pack.AddBlob(C, "hello"u8.ToArray());
        await ShouldSkip(pack, (A, EntryDamaged), (B, EntryDamaged));
    }

    [Fact]
    public async Task A_bomb_is_refused_when_it_exceeds_its_size()
    {
        var pack = new HandMadePack();
        pack.Add(A, 3, 10, [], new byte[10_000_000]);
        await ShouldSkip(pack, (A, EntryDamaged));
    }

    [Fact]
    public async Task Deltas_on_each_other_are_told()
    {
        var pack = new HandMadePack();
        pack.AddNamedDelta(A, B, [0, 0]);
        pack.AddNamedDelta(B, A, [0, 0]);
        pack.AddNamedDelta(C, C, [0, 0]);
        const string Reason = "its delta bases form a circle";
        await ShouldSkip(pack, (A, Reason), (B, Reason), (C, Reason));
    }

    [Fact]
    public async Task Deltas_on_each_other_in_two_packs_are_told()
    {
        using var repository = await GitRepository.Create();
        await HandMadePack.Make(A, B, 5, [1]).WriteTo(repository);
        await HandMadePack.Make(B, A, 5, [1]).WriteTo(repository);
        var sink = CollectingSink.ReadingOf(repository);
        sink.Skips.OrderBy(skip => skip.Id).ShouldBe(
            [(ObjectId.Parse(A), $"its delta base {B} could not be read"), (ObjectId.Parse(B), $"its delta base {A} could not be read")]);
    }

    [Fact]
    public async Task An_offset_outside_of_the_pack_is_told()
    {
        var pack = new HandMadePack();
        pack.AddToIndex(A, 0);
        pack.AddToIndex(B, 1_000_000);
        pack.AddToIndex(C, 1L << 62);
        const string Reason = "the index places it outside of its pack";
        await ShouldSkip(pack, (A, Reason), (B, Reason), (C, Reason));
    }

    [Fact]
    public async Task Two_objects_in_one_place_are_told()
    {
        var pack = new HandMadePack();
        pack.AddBlob(A, "hello"u8.ToArray());
        pack.AddToIndex(B, 12);
        await ShouldSkip(pack, (B, "the index gives its place to another object as well"));
    }

    [Fact]
    public async Task A_base_before_the_pack_or_between_entries_is_told_and_so_are_its_descendants()
    {
        var pack = new HandMadePack();
        pack.AddBlob(C, "hello"u8.ToArray());
        var bad = pack.NextOffset;
        pack.AddOffsetDelta(A, 13, [5, 5, 0x90, 5]);
        pack.AddOffsetDelta(B, bad, [5, 5, 0x90, 5]);
        await ShouldSkip(pack, (A, "the index does not know its delta base"), (B, $"its delta base {A} could not be read"));
    }

    [Fact]
    public async Task A_delta_that_reaches_out_of_its_base_is_told()
    {
        var pack = new HandMadePack();
        pack.AddBlob(C, "hello"u8.ToArray());
        pack.AddOffsetDelta(A, 12, [5, 200, 1, .. HandMadePack.Copy(1, 200)]);
        pack.AddOffsetDelta(B, 12, [6, 5, 0x90, 5]);
        await ShouldSkip(pack, (A, "its delta is damaged"), (B, "its delta is damaged"));
    }

    [Fact]
    public async Task A_chain_of_a_hundred_thousand_deltas_is_walked()
    {
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        var offset = pack.NextOffset;
        pack.AddBlob(0.ToString("x40", null), "hello"u8.ToArray());
        for (var i = 1; i < 100_000; i++)
        {
            var next = pack.NextOffset;
            pack.AddOffsetDelta(i.ToString("x40", null), offset, [5, 5, 0x90, 5]);
            offset = next;
        }

        await pack.WriteTo(repository);
        var sink = CollectingSink.ReadingOf(repository);
        sink.Skips.ShouldBeEmpty();
        sink.Objects.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task Bytes_at_random_for_an_entry_are_told()
    {
        using var repository = await GitRepository.Create();
        var random = new Random(9);
        var pack = new HandMadePack();
        for (var i = 1; i <= 3000; i++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            pack.AddRaw(i.ToString("x40", null), bytes);
        }

        await pack.WriteTo(repository);
        CollectingSink.ReadingOf(repository).Skips.Count.ShouldBe(3000);
    }

    private const string EntryDamaged = "its data in the pack is damaged";

    private static async Task ShouldSkip(HandMadePack pack, params (string Id, string Reason)[] expected)
    {
        using var repository = await GitRepository.Create();
        await pack.WriteTo(repository);
        var sink = CollectingSink.ReadingOf(repository, new ReadOptions { Jobs = 2, Margin = 5 }, anchor: "nothing has this"u8.ToArray());
        sink.Skips.OrderBy(skip => skip.Id).ShouldBe(expected.Select(skip => ((ObjectId?)ObjectId.Parse(skip.Id), skip.Reason)));
    }
}
