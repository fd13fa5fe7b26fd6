using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>
/// Finds the commits that one reaches and others do not, newest first from both sides at once, as git's limited walk does
/// (revision.c): what the others reach is painted, and once nothing unpainted is left to visit the walk ends. No reachable
/// commit is ever left out; where clocks went wrong by more than the margin, one that the others reach could stay in.
/// </summary>
/// <param name="objects">Where the commits lie.</param>
/// <param name="shallow">Commits whose parents a shallow clone lacks.</param>
/// <param name="margin">Commits that are visited beyond the oldest unpainted one, for clocks that went wrong. Git takes 5.</param>
internal sealed class CommitWalk(ObjectReader objects, IReadOnlySet<ObjectId> shallow, int margin = CommitWalk.DefaultMargin)
{
    public const int DefaultMargin = 2048;

    private readonly Dictionary<ObjectId, Node> _nodes = [];
    private readonly PriorityQueue<Node, (long Date, int Order)> _queue = new();
    private readonly List<string> _unread = [];
    private int _unpaintedInQueue;

    /// <summary>Whether both sides came to a commit in common.</summary>
    public bool HaveMet { get; private set; }

    /// <summary>Commits that are missing or damaged, as sentences.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>Parents before children.</summary>
    public ImmutableArray<RangeCommit> Between(ObjectId head, IEnumerable<ObjectId> without)
    {
        foreach (var id in without)
        {
            Visit(id, isPainted: true);
        }

        Visit(head, isPainted: false);
        var found = new List<Node>();
        var oldest = long.MaxValue;
        for (var left = margin; _queue.TryDequeue(out var node, out _);)
        {
            node.IsQueued = false;
            if (!node.IsPainted)
            {
                _unpaintedInQueue--;
                found.Add(node);
                oldest = Math.Min(oldest, node.Commit.Date);
            }
            else if (_unpaintedInQueue == 0 && node.Commit.Date < oldest && --left < 0)
            {
                break;
            }

            foreach (var parent in node.Commit.Parents)
            {
                Visit(parent, node.IsPainted);
            }
        }

        found.RemoveAll(n => n.IsPainted);
        return ParentsFirst(found);
    }

    private void Visit(ObjectId id, bool isPainted)
    {
        if (_nodes.TryGetValue(id, out var known))
        {
            HaveMet |= known.IsPainted != isPainted;
            if (isPainted)
            {
                Paint(known);
            }

            return;
        }

        try
        {
            var node = new Node(RangeCommit.Read(objects, id, shallow)) { IsPainted = isPainted, IsQueued = true };
            _nodes[id] = node;
            _queue.Enqueue(node, (-node.Commit.Date, _nodes.Count));
            _unpaintedInQueue += isPainted ? 0 : 1;
        }
        catch (UnreadableObjectException e)
        {
            if (!_unread.Contains(e.Message))
            {
                _unread.Add(e.Message);
            }
        }
    }

    private void Paint(Node first)
    {
        var pending = new Stack<Node>([first]);
        while (pending.TryPop(out var node))
        {
            if (node.IsPainted)
            {
                continue;
            }

            node.IsPainted = true;
            if (node.IsQueued)
            {
                // Its parents are painted when it is visited.
                _unpaintedInQueue--;
                continue;
            }

            foreach (var parent in node.Commit.Parents)
            {
                if (_nodes.TryGetValue(parent, out var known))
                {
                    pending.Push(known);
                }
            }
        }
    }

    /// <summary>The newest that has no child left, again and again; then backwards.</summary>
    private ImmutableArray<RangeCommit> ParentsFirst(List<Node> nodes)
    {
        var children = nodes.ToDictionary(n => n.Commit.Id, _ => 0);
        foreach (var parent in nodes.SelectMany(n => n.Commit.Parents).Where(children.ContainsKey))
        {
            children[parent]++;
        }

        var ready = new PriorityQueue<RangeCommit, (long Date, ObjectId Id)>();
        foreach (var node in nodes.Where(n => children[n.Commit.Id] == 0))
        {
            ready.Enqueue(node.Commit, (-node.Commit.Date, node.Commit.Id));
        }

        var sorted = ImmutableArray.CreateBuilder<RangeCommit>(nodes.Count);
        while (ready.TryDequeue(out var commit, out _))
        {
            sorted.Add(commit);
            foreach (var parent in commit.Parents.Where(children.ContainsKey))
            {
                if (--children[parent] == 0)
                {
                    var next = _nodes[parent].Commit;
                    ready.Enqueue(next, (-next.Date, next.Id));
                }
            }
        }

        sorted.Reverse();
        return sorted.ToImmutable();
    }

    private sealed class Node(RangeCommit commit)
    {
        public RangeCommit Commit => commit;

        public bool IsPainted { get; set; }

        public bool IsQueued { get; set; }
    }
}
