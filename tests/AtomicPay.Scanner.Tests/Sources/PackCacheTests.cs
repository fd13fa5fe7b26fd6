using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Remembered;
using AtomicPay.Scanner.Tests.Packs;

namespace AtomicPay.Scanner.Tests.Sources;

public sealed class PackCacheTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Folder => _workspace.PathOf("cache");

    private string[] Remembered => Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task A_scan_that_remembers_finds_and_counts_the_same(string format)
    {
        using var repository = await GitRepository.CreateWithHistory(format: format);
        await repository.AddBlob(Encoding.UTF8.GetBytes($"KEY={TestKey.New()}"));
        await repository.Git("repack", "-adfq", "--keep-unreachable");
        Directory.GetFiles(repository.Packs, "*.pack").ShouldHaveSingleItem();
        var (first, second) = (Read(repository), Read(repository));

        first.Detections.ShouldHaveSingleItem();
        OriginsOf(second).ShouldBe(OriginsOf(first));
        second.Counts.ShouldBe(first.Counts);
        Remembered.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Under_other_rules_nothing_is_remembered()
    {
        using var repository = await GitRepository.CreateWithHistory(commits: 3);
        Read(repository, "rules 1");
        Read(repository, "rules 2");

        Remembered.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_in_a_delta_whose_base_lies_in_another_pack_is_found_again()
    {
        using var repository = await GitRepository.Create();
        var first = Encoding.UTF8.GetBytes(new string('a', 500));
        var appended = Encoding.UTF8.GetBytes($"\nKEY={TestKey.New()}\n");
        var (firstId, secondId) = (await repository.AddBlob(first), await repository.AddBlob([.. first, .. appended]));
        await HandMadePack.Make(secondId, firstId, first.Length, appended).WriteTo(repository);
        File.Delete(Path.Join(repository.Objects, secondId[..2], secondId[2..]));
        using (var names = new MemoryStream(Encoding.ASCII.GetBytes(firstId + "\n")))
        {
            await repository.Git(names, "pack-objects", "-q", Path.Join(repository.Packs, "pack"));
        }

        await repository.Git("prune-packed");
        var (once, again) = (Read(repository), Read(repository));

        Remembered.Length.ShouldBe(2);
        OriginsOf(once).ShouldHaveSingleItem().ShouldContain(secondId);
        OriginsOf(again).ShouldBe(OriginsOf(once));
        again.Skipped.ShouldBeEmpty();
        again.Counts.ShouldBe(once.Counts);
    }

    [Fact]
    public async Task A_delta_whose_base_is_missing_is_told_of_every_time()
    {
        using var repository = await GitRepository.Create();
        var first = new byte[500];
        var (firstId, secondId) = (await repository.AddBlob(first), await repository.AddBlob([.. first, 1]));
        await HandMadePack.Make(secondId, firstId, first.Length, [1]).WriteTo(repository);
        File.Delete(Path.Join(repository.Objects, firstId[..2], firstId[2..]));
        File.Delete(Path.Join(repository.Objects, secondId[..2], secondId[2..]));
        var (once, again) = (Read(repository), Read(repository));

        once.Skipped.ShouldHaveSingleItem();
        again.Skipped.ShouldBe(once.Skipped);
        Remembered.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pack_is_not_remembered_when_its_reading_was_interrupted()
    {
        using var repository = await GitRepository.CreateWithHistory();
        using var interruption = new CancellationTokenSource();
        var sink = new CollectingSink { OnAccept = interruption.Cancel };
        Should.Throw<OperationCanceledException>(() => Source(repository, "rules").Read(sink, jobs: 2, interruption.Token));

        sink.Whole.ShouldNotBeEmpty();
        Remembered.ShouldBeEmpty();
    }

    [Fact]
    public void A_pack_full_of_findings_is_read_as_a_whole()
    {
        var notes = new PackNotes();
        for (var i = 0; i < 300; i++)
        {
            notes.Add(ObjectId.Parse($"{i:x40}"), new ContentOutcome(IsNotable: true, new ContentTally(0, 1, 10), Pictures: null));
        }

        notes.ToMemory().ShouldBeNull();
        notes.AddClean(new ContentTally(0, 100_000, 1_000_000));
        notes.ToMemory().ShouldNotBeNull().Notable.Count.ShouldBe(300);
    }

    public void Dispose() => _workspace.Dispose();

    private static string[] OriginsOf(ContentScanner scanner) => [.. scanner.Detections.Select(d => $"{d.Origin} {d.Region} {d.Secret.Sha256}").Order(StringComparer.Ordinal)];

    private ObjectDatabaseSource Source(GitRepository repository, string settings) =>
        new(RepositoryLocation.OfGitFolder(repository.Folder, ""), RuleSet.Default.LongestAnchor, new LfsPointers(), new PackCache(new CacheFolder(Folder), settings));

    private ContentScanner Read(GitRepository repository, string settings = "rules")
    {
        var scanner = new ContentScanner(RuleSet.Default, pictures: null, containers: null, TestContext.Current.CancellationToken);
        Source(repository, settings).Read(scanner, jobs: 2, TestContext.Current.CancellationToken);
        return scanner;
    }
}
