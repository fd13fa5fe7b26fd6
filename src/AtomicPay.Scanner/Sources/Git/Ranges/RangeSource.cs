using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Attribution;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>
/// What the commits of a range bring, each compared with all of its parents, so that a key that one commit added and the next
/// removed is seen, and so is one that only a merge holds: blobs, names, messages, and the tags that point into the range.
/// </summary>
internal sealed class RangeSource(RepositoryLocation location, ObjectReader objects, CommitRange range) : ISource
{
    // Neighbours share trees and delta bases, which each thread's reader keeps.
    private const int Batch = 64;

    // Those that nobody uses now: what one read before serves the next that takes it.
    private readonly ConcurrentBag<ObjectReader> _readers = [objects];

    public string Activity => "commits of the range";

    /// <summary>What a commit brings; asked again for the few commits whose places are looked up.</summary>
    /// <exception cref="UnreadableObjectException">A commit or a tree cannot be read.</exception>
    public static ChangeSet ChangesOf(ObjectReader objects, RangeCommit commit, IReadOnlySet<ObjectId> shallow, CancellationToken cancellation) =>
        TreeComparison.Compare(objects, commit.Tree, [.. commit.Parents.Select(p => RangeCommit.Read(objects, p, shallow).Tree)], cancellation);

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        foreach (var gap in range.Gaps)
        {
            sink.Skip(new Skipped(new Origin.GitInternal(".git/shallow"), gap));
        }

        var lfs = new LfsStore(location);
        var brought = new ConcurrentDictionary<ObjectId, string>();
        InBatches(range.Commits, jobs, (reader, commit) => ReadCommit(reader, commit, brought, sink, cancellation), cancellation);

        // Versions of one file are deltas on each other.
        var blobs = brought.OrderBy(b => b.Value, StringComparer.Ordinal).Select(b => b.Key).ToList();
        InBatches(
            blobs,
            jobs,
            (reader, blob) => BlobReading.Read(reader, lfs, blob, new Origin.GitObject(location.DisplayPath, blob, GitObjectKind.Blob), sink, cancellation),
            cancellation);
        ReadTags(sink, cancellation);
    }

    private void InBatches<T>(IReadOnlyList<T> items, int jobs, Action<ObjectReader, T> read, CancellationToken cancellation)
    {
        var next = 0;
        Workers.Run(Math.Min(jobs, 1 + (items.Count / Batch)), () =>
        {
            var reader = _readers.TryTake(out var idle) ? idle : objects.ForAnotherThread();
            for (var end = Interlocked.Add(ref next, Batch); end - Batch < items.Count; end = Interlocked.Add(ref next, Batch))
            {
                for (var i = end - Batch; i < Math.Min(end, items.Count); i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    read(reader, items[i]);
                }
            }

            _readers.Add(reader);
        });
    }

    private void ReadCommit(ObjectReader reader, RangeCommit commit, ConcurrentDictionary<ObjectId, string> brought, IContentSink sink, CancellationToken cancellation)
    {
        var origin = new Origin.GitObject(location.DisplayPath, commit.Id, GitObjectKind.Commit);
        try
        {
            ReadText(reader, commit, origin, sink);
            var changes = ChangesOf(reader, commit, range.Shallow, cancellation);
            foreach (var name in changes.Names)
            {
                sink.Accept(PathText.Encode(name[(name.LastIndexOf('/') + 1)..]), new Origin.FileName(name, commit.Id));
            }

            changes.Blobs.ForEach(b => brought.TryAdd(b.Id, b.Path));
        }
        catch (UnreadableObjectException e)
        {
            sink.Skip(new Skipped(origin, $"what it brings cannot be read: {e.Message}"));
        }
    }

    private static void ReadText(ObjectReader reader, RangeCommit commit, Origin origin, IContentSink sink)
    {
        using var content = reader.Read(commit.Id, GitObjectKind.Commit);
        if (sink.MayHoldKey(content.Span))
        {
            sink.Accept(TextOf(content.Span), origin);
        }
        else
        {
            sink.CountClean(content.Length);
        }
    }

    private void ReadTags(IContentSink sink, CancellationToken cancellation)
    {
        var inRange = range.Commits.Select(c => c.Id).ToHashSet();
        var seen = new HashSet<ObjectId>();
        foreach (var target in inRange.Count == 0 ? [] : References.Read(location).Refs.Select(r => r.Id).Distinct())
        {
            cancellation.ThrowIfCancellationRequested();
            var tags = new List<(ObjectId Id, byte[] Text)>();
            var at = target;
            while (tags.Count < TagRecord.MostNested && ReadTag(at) is var (tag, text))
            {
                tags.Add((at, text));
                at = tag.Target;
            }

            foreach (var tag in tags.Where(t => inRange.Contains(at) && seen.Add(t.Id)))
            {
                sink.Accept(tag.Text, new Origin.GitObject(location.DisplayPath, tag.Id, GitObjectKind.Tag));
            }
        }
    }

    private (TagRecord Tag, byte[] Text)? ReadTag(ObjectId id)
    {
        using var content = objects.TryRead(id, out _);
        return content is { Kind: GitObjectKind.Tag } && TagRecord.TryParse(id, content.Span) is { } tag ? (tag, TextOf(content.Span)) : null;
    }

    /// <summary>The message first, so that a line in a report is a line of the message; then people, signatures and what else stands before it.</summary>
    private static byte[] TextOf(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf("\n\n"u8);
        return end < 0 ? content.ToArray() : [.. content[(end + 2)..], (byte)'\n', .. content[..(end + 1)]];
    }
}
