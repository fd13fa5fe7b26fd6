using System.Runtime.ExceptionServices;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Threads that take work until none is left.</summary>
internal sealed class Reading(
    int hashSize,
    ReadOptions options,
    IObjectSink sink,
    WorkQueue queue,
    OpenPacks packs,
    ObjectLookup lookup,
    Action<string> packVanished,
    Action<ObjectId> objectVanished)
{
    private ExceptionDispatchInfo? _failure;

    public void Run(CancellationToken cancellation)
    {
        using (var budget = new MemoryBudget(options.HeldBytes))
        using (cancellation.Register(queue.Stop))
        {
            var threads = Enumerable.Range(0, Math.Max(1, options.Jobs))
                .Select(number => new Thread(() => Work(budget)) { IsBackground = true, Name = $"pack reader {number}" })
                .ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        _failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }

    private void Work(MemoryBudget budget)
    {
        try
        {
            var walker = new PackWalker(new ObjectMaker(options, budget, lookup), queue, budget);
            var loose = new LooseObjects(options, sink, queue, packs, hashSize);
            while (queue.Take() is { } work)
            {
                switch (work)
                {
                    case Packs.Work.Pack pack:
                        Open(pack.Path);
                        break;
                    case Packs.Work.LooseFolder folder:
                        loose.ReadFolder(folder.Path, objectVanished);
                        break;
                    case Packs.Work.Trees trees:
                        walker.Walk(trees);
                        break;
                }

                queue.Done();
            }
        }
#pragma warning disable CA1031 // Nothing is swallowed: Run throws it again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // A thread's exception would end the process; it belongs to whoever called Run.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            queue.Stop();
        }
    }

    private void Open(string path)
    {
        PackFile? pack = null;
        var of = sink;
        try
        {
            pack = PackFile.Open(path, hashSize, out var reason);
            if (pack is null)
            {
                sink.Skip(null, $"{path}: {reason}");
                return;
            }

            if (!pack.IsAsIndexed)
            {
                sink.Skip(null, $"the pack {path} is cut off, or is not the one that its index describes");
            }
            else if (pack.Count != pack.Index.Count)
            {
                sink.Skip(null, $"the pack {path} holds {pack.Count} objects, its index names {pack.Index.Count}");
            }
            else
            {
                of = sink.OfPack(pack, out var wanted);
                if (wanted is not null)
                {
                    ReadOnly(wanted, of);
                    return;
                }
            }

            var forest = new PackForest(pack, options, of);
            if (forest.IsEmpty)
            {
                of.Finish();
            }
            else
            {
                // The forest closes it when its last tree was read.
                pack = null;
                queue.Add(forest);
            }
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            packVanished(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            of.Skip(null, $"the pack {path} could not be read: {failure.Message}");
        }
        finally
        {
            pack?.Dispose();
        }
    }

    /// <summary>
    /// Makes single objects, each from the root of its chain. They are read in one piece: who names objects does not name
    /// such as came in windows.
    /// </summary>
    private void ReadOnly(IReadOnlyCollection<ObjectId> wanted, IObjectSink to)
    {
        foreach (var id in wanted)
        {
            if (queue.IsStopped)
            {
                return;
            }

            var name = id.ToArray();
            if (lookup.TryLoad(name, out var fate) is { } loaded)
            {
                to.Accept(new ObjectHeader(name, loaded.Kind, loaded.Length), loaded.Span);
            }
            else
            {
                to.Skip(id, $"it {fate}");
            }
        }
    }
}
