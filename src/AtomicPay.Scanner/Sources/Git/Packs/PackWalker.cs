namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Walks trees of a pack depth first, for one thread: an object's bytes are at hand while its children are made of them, so
/// every compressed byte is inflated once. The stack is a list, as a hostile pack's chains are as long as it likes.
/// </summary>
internal sealed class PackWalker(ObjectMaker maker, WorkQueue queue, MemoryBudget budget)
{
    private Frame[] _frames = new Frame[64];
    private int _depth;
    private PackForest _forest = null!;

    public void Walk(Work.Trees trees)
    {
        _forest = trees.Forest;
        maker.Begin(_forest);
        Push(trees.Base, trees.First);
        bool isWhole;
        try
        {
            WalkStack();
            isWhole = _depth == 0;
        }
        finally
        {
            while (_depth > 0)
            {
                Pop();
            }

            maker.End();
        }

        _forest.Finish(isWhole);
    }

    private void WalkStack()
    {
        while (_depth > 0 && !queue.IsStopped)
        {
            if (queue.IsHungry)
            {
                GiveSome();
            }

            ref var frame = ref _frames[_depth - 1];
            var entry = frame.Next;
            if (entry < 0)
            {
                Pop();
                continue;
            }

            frame.Next = _forest.Sibling[entry];
            var made = Make(entry, _depth - 1);
            if (frame.Next < 0)
            {
                // Before its last child's own children are made, so that a chain without branches holds two objects only.
                Pop();
            }

            if (made is not null)
            {
                Push(made, _forest.FirstChild[entry]);
            }
        }
    }

    /// <summary>Reads an entry, shows it to the sink, and returns it when others are deltas on it.</summary>
    private HeldObject? Make(int entry, int frame)
    {
        string? reason;
        var held = _frames[frame].Held;
        try
        {
            if (held is { Buffer: null } && !Remake(frame))
            {
                reason = "its delta base could not be made again";
            }
            else
            {
                var made = held is null ? maker.MakeRoot(entry, out reason) : maker.MakeDelta(entry, held, out reason);
                if (reason is null)
                {
                    return made;
                }
            }
        }
        catch (OutOfMemoryException)
        {
            reason = "there is not enough memory for it";
        }

        var kind = held?.Kind ?? _forest.KindOf(entry);
        _forest.Skip(entry, reason, kind);
        _forest.SkipDescendants(entry, kind);
        return null;
    }

    private void Push(HeldObject? held, int first)
    {
        if (budget.IsExceeded)
        {
            DropOldest();
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = new Frame { Held = held, Next = first };
    }

    private void Pop()
    {
        var held = _frames[--_depth].Held;
        _frames[_depth] = default;
        if (held is not null)
        {
            maker.Release(held);
        }
    }

    /// <summary>What lies deepest in the stack is needed last.</summary>
    private void DropOldest()
    {
        for (var i = 0; i < _depth && budget.IsExceeded; i++)
        {
            if (_frames[i].Held is { IsShared: false } held)
            {
                maker.Drop(held);
            }
        }
    }

    /// <summary>
    /// Makes a dropped object again, from its nearest ancestor that this thread still holds, or from the root. Ancestors on
    /// the way that will be needed are kept, up to half of the budget: else a chain would be walked once for each of them.
    /// </summary>
    private bool Remake(int frame)
    {
        var path = new List<(HeldObject Object, bool IsKept)>();
        var held = _frames[frame].Held!;
        long kept = 0;
        while (held.Buffer is null || !IsWaiting(held, frame))
        {
            var isWaiting = IsWaiting(held, frame);
            frame -= isWaiting ? 1 : 0;
            kept += isWaiting ? held.Length : 0;
            path.Add((held, isWaiting && (path.Count == 0 || kept <= budget.Limit / 2)));
            if (held.Parent is null)
            {
                break;
            }

            held = held.Parent;
        }

        HeldObject? last = null;
        for (var i = path.Count - 1; i >= 0; i--)
        {
            var (target, isKept) = path[i];
            var made = isKept ? target : new HeldObject(target.Parent, target.Entry, target.Kind) { Length = target.Length };
            var isMade = maker.TryRefill(made, last ?? target.Parent);
            if (last is not null && !path[i + 1].IsKept)
            {
                maker.Drop(last);
            }

            if (!isMade)
            {
                return false;
            }

            last = made;
        }

        return true;
    }

    private bool IsWaiting(HeldObject held, int frame) => frame >= 0 && _frames[frame].Held == held;

    /// <summary>Gives half of the list that is nearest to the roots to a thread that waits.</summary>
    private void GiveSome()
    {
        for (var i = 0; i < _depth; i++)
        {
            ref var frame = ref _frames[i];
            if (frame.Next < 0 || frame.Held is { Buffer: null })
            {
                continue;
            }

            var given = Halve(ref frame.Next, keepsOne: i == _depth - 1);
            if (given >= 0)
            {
                frame.Held?.Share();
                _forest.Divide();
                queue.Give(new Work.Trees(_forest, frame.Held, given));
                return;
            }
        }
    }

    private int Halve(ref int first, bool keepsOne)
    {
        var sibling = _forest.Sibling;
        var given = first;
        if (sibling[first] < 0)
        {
            if (keepsOne)
            {
                return -1;
            }

            first = -1;
            return given;
        }

        var (middle, end) = (first, sibling[sibling[first]]);
        while (end >= 0 && sibling[end] >= 0)
        {
            (middle, end) = (sibling[middle], sibling[sibling[end]]);
        }

        given = sibling[middle];
        sibling[middle] = -1;
        return given;
    }

    private struct Frame
    {
        public HeldObject? Held;
        public int Next;
    }
}
