using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using LibGit2Sharp;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Reads a blob by its id.</summary>
internal static class BlobReading
{
    public static void Read(Repository repository, Content.ObjectId id, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        try
        {
            if (repository.Lookup<Blob>(new LibGit2Sharp.ObjectId(id.ToArray())) is not { } blob)
            {
                sink.Skip(new Skipped(origin, $"its content, blob {id}, is missing from the object database"));
                return;
            }

            using var stream = blob.GetContentStream();
            StreamReading.Read(stream.Read, blob.Size, origin, sink, cancellation);
        }
        catch (LibGit2SharpException e)
        {
            sink.Skip(new Skipped(origin, $"its content, blob {id}, cannot be read: {e.Message}"));
        }
    }
}
