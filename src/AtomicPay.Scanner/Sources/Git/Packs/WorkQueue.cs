namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// What is left to do. A thread that finds nothing waits; threads that walk a tree see that somebody is hungry and give
/// away half of what they have left.
/// </summary>
internal sealed class WorkQueue
{
    private readonly object _lock = new();
    private readonly Stack<Work.Trees> _given = new();
    private readonly Stack<PackForest> _forests = new();
    private readonly Queue<Work> _unopened = new();
    private int _busy;
    private int _waiting;
    private volatile bool _isHungry;
    private volatile bool _isStopped;

    /// <summary>Threads wait, and less was given away than they could take.</summary>
    public bool IsHungry => _isHungry;

    public bool IsStopped => _isStopped;

    public void Add(Work work)
    {
        lock (_lock)
        {
            _unopened.Enqueue(work);
        }
    }

    /// <summary>Adds all trees of a forest.</summary>
    public void Add(PackForest forest)
    {
        lock (_lock)
        {
            _forests.Push(forest);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Gives a part of a walk away.</summary>
    public void Give(Work.Trees trees)
    {
        lock (_lock)
        {
            _given.Push(trees);
            _isHungry = _waiting > _given.Count;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>
    /// The next piece; waits while other threads are at work that may give some away. Null when all is done or the reading
    /// was stopped. Who took a piece calls <see cref="Done"/> before asking again.
    /// </summary>
    public Work? Take()
    {
        lock (_lock)
        {
            while (!_isStopped)
            {
                if (Find() is { } work)
                {
                    _busy++;
                    return work;
                }

                if (_busy == 0)
                {
                    Monitor.PulseAll(_lock);
                    return null;
                }

                _waiting++;
                _isHungry = true;
                Monitor.Wait(_lock);
                _waiting--;
                _isHungry = _waiting > _given.Count;
            }

            return null;
        }
    }

    public void Done()
    {
        lock (_lock)
        {
            if (--_busy == 0)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
        }
    }

    private Work? Find()
    {
        if (_given.TryPop(out var given))
        {
            return given;
        }

        if (_forests.TryPeek(out var forest))
        {
            var first = forest.TakeRootList(out var isLast);
            if (isLast)
            {
                _forests.Pop();
            }

            return new Work.Trees(forest, null, first);
        }

        return _unopened.TryDequeue(out var work) ? work : null;
    }
}
