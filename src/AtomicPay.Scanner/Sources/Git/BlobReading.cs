using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Reads a blob by its id, and of a pointer of Git LFS also the content that it names.</summary>
internal static class BlobReading
{
    public static void Read(ObjectReader objects, LfsStore lfs, ObjectId id, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        LoadedObject content;
        try
        {
            content = objects.Read(id, GitObjectKind.Blob);
        }
        catch (UnreadableObjectException e)
        {
            sink.Skip(new Skipped(origin, $"its content, {e.Message}"));
            return;
        }

        using (content)
        {
            Read(content, origin, sink, cancellation);
            if (LfsPointer.TryParse(content.Span) is not { } pointer)
            {
                return;
            }

            if (lfs.Find(pointer) is { } file)
            {
                FileReading.Read(file, origin, sink, cancellation);
            }
            else
            {
                sink.Skip(new Skipped(origin, $"{LfsSource.NotHere}; git lfs fetch brings it"));
            }
        }
    }

    private static void Read(LoadedObject content, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        if (origin is Origin.GitObject && !sink.MayHoldKey(content.Span))
        {
            sink.CountClean(content.Length);
        }
        else if (content.Length < StreamReading.WindowSize)
        {
            sink.Accept(content.Span, origin);
        }
        else
        {
            var at = 0;
            StreamReading.Read(Next, content.Length, origin, sink, cancellation);

            int Next(Span<byte> buffer)
            {
                var count = Math.Min(buffer.Length, content.Length - at);
                content.Span.Slice(at, count).CopyTo(buffer);
                at += count;
                return count;
            }
        }
    }
}
