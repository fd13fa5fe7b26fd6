using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Reads a blob by its id.</summary>
internal static class BlobReading
{
    public static void Read(ObjectReader objects, ObjectId id, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        if (!objects.TryRead(id, out var kind, out var content, out var fate) || kind != GitObjectKind.Blob)
        {
            sink.Skip(new Skipped(origin, $"its content, blob {id}, {fate}"));
        }
        else if (origin is Origin.GitObject && !sink.MayHoldKey(content.Span))
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
