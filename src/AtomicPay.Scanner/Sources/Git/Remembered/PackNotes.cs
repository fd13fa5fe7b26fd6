using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Remembered;

/// <summary>Gathers, from many threads, what there is to remember of a pack while it is read.</summary>
internal sealed class PackNotes
{
    // An object that is read alone is made from the root of its chain, which may be fifty others: beyond this share of a pack
    // it is no slower to read all of it.
    private const int OneIn = 64;
    private const int AlwaysNotable = 256;

    private readonly ConcurrentDictionary<ObjectId, bool> _notable = new();
    private readonly ConcurrentDictionary<string, bool> _pictures = new();
    private long _files;
    private long _objects;
    private long _bytes;
    private volatile bool _isSpoilt;

    public void Add(ObjectId id, in ContentOutcome outcome)
    {
        if (outcome.IsNotable)
        {
            _notable.TryAdd(id, true);
            return;
        }

        AddClean(outcome.Tally);
        foreach (var picture in outcome.Pictures ?? [])
        {
            _pictures.TryAdd(picture, true);
        }
    }

    public void AddClean(ContentTally tally)
    {
        if (tally.Files != 0)
        {
            Interlocked.Add(ref _files, tally.Files);
        }

        Interlocked.Add(ref _objects, tally.Objects);
        Interlocked.Add(ref _bytes, tally.Bytes);
    }

    /// <summary>Notes that the pack has to be read as a whole the next time.</summary>
    public void Spoil() => _isSpoilt = true;

    /// <summary>Null when there is nothing that may be remembered. To be asked when all was read.</summary>
    public PackMemory? ToMemory() =>
        _isSpoilt || _notable.Count > Math.Max(AlwaysNotable, _objects / OneIn)
            ? null
            : new PackMemory([.. _notable.Keys.Order()], new ContentTally(_files, _objects, _bytes), [.. _pictures.Keys.Order(StringComparer.Ordinal)]);
}
