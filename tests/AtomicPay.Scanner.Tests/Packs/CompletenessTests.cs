using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>
/// On a repository of your choice: every occurrence of a word that git's own reading of every object shows, and no other.
/// A rare word shows the deltas that are looked at only where they are new, a common one those that come whole.
/// <code>COMPLETENESS_REPOSITORY=~/linux.git COMPLETENESS_WORD=printk dotnet test --project tests/AtomicPay.Scanner.Tests --filter-class '*CompletenessTests'</code>
/// </summary>
public sealed class CompletenessTests
{
    private static readonly byte[] Word = System.Text.Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("COMPLETENESS_WORD") ?? "return ");

    private static string? Repository => Environment.GetEnvironmentVariable("COMPLETENESS_REPOSITORY");

    [Fact]
    public void Every_occurrence_of_a_word_is_seen_where_git_shows_it()
    {
        Assert.SkipUnless(Repository is not null, "COMPLETENESS_REPOSITORY names no repository.");
        var folder = Directory.Exists(Path.Combine(Repository, ".git")) ? Path.Combine(Repository, ".git") : Repository;
        var sink = new OccurrenceSink();
        ObjectDatabase.Open(Path.Combine(folder, "objects"), ObjectFormat.Sha1Bytes)
            .ReadAll(sink, new ReadOptions { Margin = Word.Length - 1 }, TestContext.Current.CancellationToken);

        sink.Skipped.ShouldBeEmpty();
        var expected = ReadThroughGit(folder);
        expected.Count.ShouldBeGreaterThan(1000, "a word that is not there proves nothing");
        sink.Offsets.Count.ShouldBe(expected.Count);
        foreach (var (id, offsets) in expected)
        {
            sink.Offsets.GetValueOrDefault(id).ShouldBe(offsets, id.ToString());
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{expected.Count} objects hold {expected.Values.Sum(o => (long)o.Count)} occurrences, the same in both");
    }

    private static Dictionary<ObjectId, Occurrences> ReadThroughGit(string folder)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, "cat-file", "--batch-all-objects", "--batch", "--unordered", "--buffer"])
        {
            RedirectStandardOutput = true,
        })!;
        using var output = new BufferedStream(git.StandardOutput.BaseStream, 1 << 20);
        var found = new Dictionary<ObjectId, Occurrences>();
        var content = Array.Empty<byte>();
        var line = new List<byte>();
        while (true)
        {
            line.Clear();
            int next;
            while ((next = output.ReadByte()) >= 0 && next != '\n')
            {
                line.Add((byte)next);
            }

            if (next < 0)
            {
                return found;
            }

            var header = System.Text.Encoding.ASCII.GetString([.. line]).Split(' ');
            var size = int.Parse(header[2], CultureInfo.InvariantCulture);
            content = content.Length > size ? content : new byte[(size * 2) + 1];
            output.ReadExactly(content, 0, size + 1);
            if (Occurrences.In(content.AsSpan(0, size)) is { Count: > 0 } occurrences)
            {
                found[ObjectId.Parse(header[0])] = occurrences;
            }
        }
    }

    /// <summary>How often the word stands in an object, and a sum over where: billions of offsets would not fit into memory.</summary>
    private readonly record struct Occurrences(int Count, ulong SumOfHashedOffsets)
    {
        public static Occurrences In(ReadOnlySpan<byte> content)
        {
            var (count, sum) = (0, 0UL);
            for (var at = 0; content[at..].IndexOf(Word) is var found and >= 0; at++)
            {
                at += found;
                count++;
                var hash = (ulong)at * 0x9E3779B97F4A7C15;
                sum += hash ^ (hash >> 29);
            }

            return new Occurrences(count, sum);
        }
    }

    private sealed class OccurrenceSink : IObjectSink
    {
        public ConcurrentDictionary<ObjectId, Occurrences> Offsets { get; } = new();

        public ConcurrentQueue<string> Skipped { get; } = new();

        public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
        {
            if (Occurrences.In(content) is not { Count: > 0 } occurrences)
            {
                return false;
            }

            Offsets[header.Id] = occurrences;
            return true;
        }

        public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh) => fresh.IndexOf(Word) >= 0;

        public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset) =>
            Skipped.Enqueue($"{header.Id} came in windows; choose a repository without objects above 64 MiB");

        public void Skip(ObjectId? id, string reason, GitObjectKind? kind) => Skipped.Enqueue(reason);
    }
}
