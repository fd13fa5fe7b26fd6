using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Every object of a repository's object database, reachable or not: blobs, and the headers and messages of commits and tags.</summary>
internal sealed class ObjectDatabaseSource(RepositoryLocation location, int longestAnchor) : ISource
{
    public string Activity => "git history";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        var options = new ReadOptions
        {
            Jobs = jobs,
            Margin = longestAnchor,
            Kinds = ObjectKinds.Blobs | ObjectKinds.Commits | ObjectKinds.Tags,
        };
        if (location.HashSize is not { } hashSize)
        {
            sink.Skip(new Skipped(new Origin.File(location.DisplayPath), "its object format is not known: neither SHA-1 nor SHA-256"));
            return;
        }

        ObjectDatabase.Open(location.ObjectsPath, hashSize).ReadAll(new ObjectSink(location, sink), options, cancellation);
    }

    private sealed class ObjectSink(RepositoryLocation location, IContentSink sink) : IObjectSink
    {
        // Windows of one object come in order on one thread, and a thread reads one object at a time.
        [ThreadStatic]
        private static ContentWindow _window;

        public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
        {
            if (!sink.MayHoldKey(content))
            {
                sink.CountClean(content.Length);
                return false;
            }

            var origin = OriginOf(header);
            if (header.Kind == GitObjectKind.Blob)
            {
                sink.Accept(content, origin);
                return true;
            }

            // Lines of a message count from the message's own first line.
            var message = content.IndexOf("\n\n"u8);
            message = message < 0 ? content.Length : message + 2;
            sink.Accept(content[..message], origin);
            sink.Accept(content[message..], origin);
            return true;
        }

        public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh)
        {
            if (sink.MayHoldKey(fresh))
            {
                return true;
            }

            sink.CountClean(header.Size);
            return false;
        }

        public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
        {
            _window = offset == 0 ? default : _window;
            sink.Accept(window, OriginOf(header), _window);
            var passed = window[..Math.Max(0, window.Length - ContentWindow.Overlap)];
            _window = _window.Advance(passed);
        }

        public void Skip(ObjectId? id, string reason) => sink.Skip(new Skipped(
            id is { } known ? new Origin.GitObject(location.DisplayPath, known, GitObjectKind.Blob) : new Origin.File(location.DisplayPath),
            reason));

        private Origin.GitObject OriginOf(in ObjectHeader header) => new(location.DisplayPath, header.Id, header.Kind);
    }
}
