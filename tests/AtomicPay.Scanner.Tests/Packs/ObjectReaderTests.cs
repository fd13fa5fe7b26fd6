using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class ObjectReaderTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Every_object_is_read_as_git_lists_it_packed_or_loose_and_in_any_order(string format)
    {
        using var repository = await GitRepository.CreateWithHistory(commits: 40, format: format);
        await repository.Import(commits: 15, seed: 2);
        var all = await repository.List();
        using var objects = Open(repository, format);
        for (var round = 0; round < 2; round++)
        {
            foreach (var (id, kind, size) in all.Select(line => line.Split(' ')).Select(l => (ObjectId.Parse(l[0]), l[1], int.Parse(l[2], null))).OrderBy(_ => Random.Shared.Next()))
            {
                using var content = objects.TryRead(id, out var fate).ShouldNotBeNull(fate);
                content.Kind.ToString().ShouldBe(kind, StringCompareShould.IgnoreCase);
                content.Length.ShouldBe(size);
            }
        }
    }

    [Fact]
    public async Task Contents_in_use_stay_as_they_are_while_others_are_read()
    {
        using var repository = await GitRepository.CreateWithHistory(commits: 60);
        using var objects = Open(repository);
        var ids = (await repository.List()).Select(line => ObjectId.Parse(line[..40])).ToList();
        var held = ids.Take(50).Select(id => (Content: objects.TryRead(id, out _)!, Text: "")).Select(h => (h.Content, Text: Encoding.Latin1.GetString(h.Content.Span))).ToList();
        foreach (var id in ids)
        {
            objects.TryRead(id, out _)?.Dispose();
        }

        foreach (var (content, text) in held)
        {
            Encoding.Latin1.GetString(content.Span).ShouldBe(text);
            content.Dispose();
        }
    }

    [Fact]
    public async Task Readers_for_other_threads_read_the_same()
    {
        using var repository = await GitRepository.CreateWithHistory(commits: 60);
        using var objects = Open(repository);
        var ids = (await repository.List()).Select(line => ObjectId.Parse(line[..40])).ToList();
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var reader = objects.ForAnotherThread();
            ids.ForEach(id => reader.TryRead(id, out var fate).ShouldNotBeNull(fate).Dispose());
        });
        objects.TryRead(ids[0], out _).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task A_chain_of_five_thousand_deltas_is_read_from_its_end()
    {
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        var offset = pack.NextOffset;
        pack.AddBlob(0.ToString("x40", null), "hello"u8.ToArray());
        for (var i = 1; i < 5000; i++)
        {
            var next = pack.NextOffset;
            pack.AddOffsetDelta(i.ToString("x40", null), offset, [5, 5, 0x90, 5]);
            offset = next;
        }

        await pack.WriteTo(repository);
        using var objects = Open(repository);
        using var last = objects.Read(ObjectId.Parse(4999.ToString("x40", null)), GitObjectKind.Blob);
        Encoding.ASCII.GetString(last.Span).ShouldBe("hello");
    }

    [Fact]
    public async Task What_is_missing_damaged_or_of_another_kind_is_told_with_its_id()
    {
        string a = new('a', 40), b = new('b', 40), c = new('c', 40), d = new('d', 40), e = new('e', 40);
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        pack.AddNamedDelta(a, b, [0, 0]);
        pack.AddNamedDelta(b, a, [0, 0]);
        pack.AddNamedDelta(c, new string('9', 40), [0, 0]);
        pack.AddBlob(d, "hello"u8.ToArray());
        await pack.WriteTo(repository);
        using var objects = Open(repository);

        Message(a).ShouldBe($"tree {a} could not be read");
        Message(c).ShouldBe($"tree {c} lacks a delta base");
        Message(d).ShouldBe($"tree {d} is something else");
        Message(e).ShouldBe($"tree {e} is not in the repository");

        string Message(string id) => Should.Throw<UnreadableObjectException>(() => objects.Read(ObjectId.Parse(id), GitObjectKind.Tree).Dispose()).Message;
    }

    [Fact]
    public async Task An_object_that_a_repack_moved_meanwhile_is_found()
    {
        using var repository = await GitRepository.CreateWithHistory(commits: 5);
        var blob = await repository.AddBlob("moved"u8.ToArray());
        using var objects = Open(repository);
        objects.TryRead(ObjectId.Parse(blob), out _).ShouldNotBeNull().Dispose();
        await repository.Git("repack", "-adfq", "--keep-unreachable");
        await repository.Git("prune-packed");
        using var content = objects.TryRead(ObjectId.Parse(blob), out var fate).ShouldNotBeNull(fate);
        Encoding.ASCII.GetString(content.Span).ShouldBe("moved");
    }

    private static ObjectReader Open(GitRepository repository, string format = "sha1") =>
        new(repository.Objects, format == "sha1" ? ObjectFormat.Sha1Bytes : ObjectFormat.Sha256Bytes);
}
