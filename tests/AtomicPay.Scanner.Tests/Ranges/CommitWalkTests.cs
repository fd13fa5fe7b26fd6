using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Ranges;
using AtomicPay.Scanner.Tests.Packs;

namespace AtomicPay.Scanner.Tests.Ranges;

public sealed class CommitWalkTests
{
    private static readonly HashSet<ObjectId> NotShallow = [];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 10)]
    [InlineData(3, 1_000_000)]
    public async Task A_walk_finds_what_git_finds_however_wrong_the_clocks_were(int seed, int skew)
    {
        const int Commits = 120;
        using var repository = await GitRepository.Create();
        await Import(repository, Commits, new Random(seed), skew);
        var tips = (await repository.Git("for-each-ref", "--format=%(objectname)")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        tips.Length.ShouldBe(Commits);
        using var objects = new ObjectReader(repository.Objects, ObjectFormat.Sha1Bytes);
        var random = new Random(seed);
        for (var i = 0; i < 25; i++)
        {
            var (from, to) = (tips[random.Next(tips.Length)], tips[random.Next(tips.Length)]);
            // Each side's history as a whole: git's own limited walk errs where clocks are very wrong.
            var expected = (await Reached(repository, to)).Except(await Reached(repository, from)).ToHashSet();
            var walk = new CommitWalk(objects, NotShallow);
            var found = walk.Between(ObjectId.Parse(to), [ObjectId.Parse(from)]);

            walk.Unread.ShouldBeEmpty();
            found.Select(c => c.Id.ToString()).ShouldBe(expected, ignoreOrder: true);
            var seen = new HashSet<ObjectId>();
            foreach (var commit in found)
            {
                commit.Parents.ShouldAllBe(p => seen.Contains(p) || !expected.Contains(p.ToString()));
                seen.Add(commit.Id);
            }

            var hasty = new CommitWalk(objects, NotShallow, margin: 0).Between(ObjectId.Parse(to), [ObjectId.Parse(from)]);
            expected.IsSubsetOf(hasty.Select(c => c.Id.ToString())).ShouldBeTrue("without a margin it may find too much, never too little");
        }
    }

    private static async Task<string[]> Reached(GitRepository repository, string tip) =>
        (await repository.Git("rev-list", tip)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task Import(GitRepository repository, int commits, Random random, int skew)
    {
        var script = new StringBuilder();
        for (var i = 1; i <= commits; i++)
        {
            var date = 1_700_000_000 + (i * 10) + random.Next(-skew, skew + 1);
            script.Append($"commit refs/heads/c{i}\nmark :{i}\ncommitter A <a@example.com> {date} +0000\ndata 1\nx\n");
            var parents = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Math.Max(1, i - 12), i + 1)).Where(p => p < i).Distinct();
            script.AppendJoin("", parents.Select((p, n) => $"{(n == 0 ? "from" : "merge")} :{p}\n"));
            script.Append($"M 100644 inline f\ndata {i.ToString(null, null).Length}\n{i}\n\n");
        }

        using var input = new MemoryStream(Encoding.ASCII.GetBytes(script.ToString()));
        await repository.Git(input, "fast-import", "--quiet", "--force");
    }
}
