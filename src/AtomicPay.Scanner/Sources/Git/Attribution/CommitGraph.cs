using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>All commits of a database, parents before children and older before newer, and which of them refs reach.</summary>
internal sealed class CommitGraph
{
    private readonly Dictionary<ObjectId, int> _indexes;
    private readonly IReadOnlyDictionary<ObjectId, TagRecord> _tags;
    private readonly ImmutableArray<(string Name, int Commit)> _tips;

    public CommitGraph(IReadOnlyDictionary<ObjectId, CommitRecord> commits, IReadOnlyDictionary<ObjectId, TagRecord> tags, References references)
    {
        _tags = tags;
        Commits = Sort(commits);
        _indexes = Commits.Select((commit, index) => (commit.Id, index)).ToDictionary(c => c.Id, c => c.index);
        Parents = [.. Commits.Select(c => c.Parents.Select(p => IndexOf(p) ?? -1).Where(p => p >= 0).ToArray())];
        var refs = TipsOf(references.Refs);
        var remembered = TipsOf(references.Remembered);
        _tips = [.. refs, .. remembered];
        IsReachable = references.AreKnown ? AncestorsOf(_tips.Select(t => t.Commit)) : [.. Commits.Select(_ => true)];
        Head = references.Head is { } head ? IndexOfTarget(head) : null;
        IsInHead = AncestorsOf(Head is { } tip ? [tip] : []);
    }

    public ImmutableArray<CommitRecord> Commits { get; }

    /// <summary>The parents that the database has, of each commit.</summary>
    public ImmutableArray<int[]> Parents { get; }

    /// <summary>The commit of HEAD; null when it is unborn.</summary>
    public int? Head { get; }

    /// <summary>Which commits HEAD's history has.</summary>
    public bool[] IsInHead { get; }

    /// <summary>Which commits some ref, reflog or stash reaches.</summary>
    public bool[] IsReachable { get; }

    public int? IndexOf(ObjectId commit) => _indexes.TryGetValue(commit, out var index) ? index : null;

    /// <summary>The refs that reach a commit, sorted; where no ref does, the reflogs that remember it.</summary>
    public ImmutableArray<string> RefsWith(int commit)
    {
        var contains = new bool[Commits.Length];
        contains[commit] = true;
        for (var i = commit + 1; i < Commits.Length; i++)
        {
            foreach (var parent in Parents[i])
            {
                contains[i] |= contains[parent];
            }
        }

        ImmutableArray<string> names = [.. _tips.Where(t => contains[t.Commit]).Select(t => t.Name).Distinct()];
        ImmutableArray<string> refs = [.. names.Where(n => n.StartsWith("refs/", StringComparison.Ordinal) && !n.EndsWith("@{}", StringComparison.Ordinal))];
        return refs.IsEmpty ? names : refs;
    }

    private int? IndexOfTarget(ObjectId target)
    {
        for (var tags = 0; tags < TagRecord.MostNested && _tags.TryGetValue(target, out var tag); tags++)
        {
            target = tag.Target;
        }

        return IndexOf(target);
    }

    private IEnumerable<(string Name, int Commit)> TipsOf(IEnumerable<(string Name, ObjectId Id)> refs) =>
        refs.Select(r => (r.Name, Commit: IndexOfTarget(r.Id))).Where(r => r.Commit is not null).Select(r => (r.Name, r.Commit!.Value));

    private bool[] AncestorsOf(IEnumerable<int> tips)
    {
        var reached = new bool[Commits.Length];
        foreach (var tip in tips)
        {
            reached[tip] = true;
        }

        for (var i = Commits.Length - 1; i >= 0; i--)
        {
            if (reached[i])
            {
                foreach (var parent in Parents[i])
                {
                    reached[parent] = true;
                }
            }
        }

        return reached;
    }

    /// <summary>Kahn's topological order, the oldest of those whose parents are done first.</summary>
    private static ImmutableArray<CommitRecord> Sort(IReadOnlyDictionary<ObjectId, CommitRecord> commits)
    {
        var waiting = new Dictionary<ObjectId, int>(commits.Count);
        var children = new Dictionary<ObjectId, List<CommitRecord>>(commits.Count);
        var ready = new PriorityQueue<CommitRecord, (DateTimeOffset, ObjectId)>();
        foreach (var commit in commits.Values)
        {
            var present = commit.Parents.Distinct().Where(commits.ContainsKey).ToList();
            waiting[commit.Id] = present.Count;
            foreach (var parent in present)
            {
                (children.TryGetValue(parent, out var known) ? known : children[parent] = []).Add(commit);
            }

            if (present.Count == 0)
            {
                ready.Enqueue(commit, PriorityOf(commit));
            }
        }

        var sorted = ImmutableArray.CreateBuilder<CommitRecord>(commits.Count);
        while (ready.TryDequeue(out var commit, out _))
        {
            sorted.Add(commit);
            foreach (var child in children.GetValueOrDefault(commit.Id, []))
            {
                if (--waiting[child.Id] == 0)
                {
                    ready.Enqueue(child, PriorityOf(child));
                }
            }
        }

        return sorted.DrainToImmutable();

        static (DateTimeOffset, ObjectId) PriorityOf(CommitRecord commit) => (commit.AuthorDate ?? DateTimeOffset.MinValue, commit.Id);
    }
}
