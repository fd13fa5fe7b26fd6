using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Remembered;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Hands a repository's objects on as contents, and takes notes of those packs that a cache is to remember.</summary>
internal sealed class ObjectSink(RepositoryLocation location, int hashSize, IContentSink sink, LfsPointers pointers, PackCache? cache) : IObjectSink
{
    // Windows of one object come in order on one thread, and a thread reads one object at a time.
    [ThreadStatic]
    private static ContentWindow _window;

    private readonly PackFile? _pack;
    private readonly PackNotes? _notes;

    private ObjectSink(RepositoryLocation location, int hashSize, IContentSink sink, LfsPointers pointers, PackCache cache, PackFile pack)
        : this(location, hashSize, sink, pointers, cache)
    {
        _pack = pack;
        _notes = new PackNotes();
    }

    public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
    {
        if (header.Kind == GitObjectKind.Blob && LfsPointer.TryParse(content) is { } pointer)
        {
            pointers.Add(pointer, header.Id);
            // What it points to may be here today and gone tomorrow, so that it is looked at in every scan.
            Note(header, sink.Accept(content, OriginOf(header)) with { IsNotable = true });
            return true;
        }

        if (!sink.MayHoldKey(content))
        {
            CountClean(content.Length);
            return false;
        }

        if (header.Kind == GitObjectKind.Tree)
        {
            sink.CountClean(content.Length);
            Note(header, AcceptNames(header.Id, content).Add(new ContentOutcome(false, new ContentTally(0, 1, content.Length), null)));
            return true;
        }

        var origin = OriginOf(header);
        if (header.Kind == GitObjectKind.Blob)
        {
            Note(header, sink.Accept(content, origin));
            return true;
        }

        // Lines of a message count from the message's own first line.
        var message = content.IndexOf("\n\n"u8);
        message = message < 0 ? content.Length : message + 2;
        Note(header, sink.Accept(content[..message], origin) + sink.Accept(content[message..], origin));
        return true;
    }

    public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh)
    {
        if (sink.MayHoldKey(fresh) || (header.Kind == GitObjectKind.Blob && header.Size < LfsPointer.Longest && LfsPointer.MayBegin(fresh)))
        {
            return true;
        }

        CountClean(header.Size);
        return false;
    }

    public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
    {
        if (header.Kind == GitObjectKind.Tree)
        {
            // No folder has that many files: git itself could not check it out.
            if (offset == 0)
            {
                Skip(header.Id, "is too large to be read", GitObjectKind.Tree);
            }

            return;
        }

        _window = offset == 0 ? default : _window;
        var outcome = sink.Accept(window, OriginOf(header), _window);
        if (outcome.IsNotable)
        {
            // Whoever reads single objects gets them in one piece, and this is too large for that.
            _notes?.Spoil();
        }

        _notes?.AddClean(outcome.Tally);
        var passed = window[..Math.Max(0, window.Length - ContentWindow.Overlap)];
        _window = _window.Advance(passed);
    }

    public void Skip(ObjectId? id, string reason, GitObjectKind? kind)
    {
        _notes?.Spoil();
        sink.Skip(new Skipped(
            id is { } known ? new Origin.GitObject(location.DisplayPath, known, kind) : new Origin.File(location.DisplayPath),
            reason));
    }

    public IObjectSink OfPack(PackFile pack, out IReadOnlyCollection<ObjectId>? wanted)
    {
        wanted = null;
        if (cache is null)
        {
            return this;
        }

        if (cache.Recall(pack) is not { } memory)
        {
            return new ObjectSink(location, hashSize, sink, pointers, cache, pack);
        }

        sink.CountRemembered(memory.Clean, memory.Pictures);
        wanted = memory.Notable;
        return this;
    }

    public void Finish()
    {
        if (_notes?.ToMemory() is { } memory)
        {
            cache!.Remember(_pack!, memory);
        }
    }

    /// <summary>Name by name, as the bytes of an id could look like the end of a key.</summary>
    private ContentOutcome AcceptNames(ObjectId tree, ReadOnlySpan<byte> content)
    {
        var outcome = default(ContentOutcome);
        var entries = new TreeEntries(content, hashSize);
        while (entries.MoveNext())
        {
            if (sink.MayHoldKey(entries.Name))
            {
                outcome += sink.Accept(entries.Name, new Origin.TreeEntry(location.DisplayPath, tree, PathText.Decode(entries.Name)));
            }
        }

        return outcome;
    }

    private void Note(in ObjectHeader header, in ContentOutcome outcome) => _notes?.Add(header.Id, outcome);

    private void CountClean(long bytes)
    {
        sink.CountClean(bytes);
        _notes?.AddClean(new ContentTally(0, 1, bytes));
    }

    private Origin.GitObject OriginOf(in ObjectHeader header) => new(location.DisplayPath, header.Id, header.Kind);
}
