using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Ranges;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git.Lfs;

/// <summary>
/// The contents that Git LFS keeps, each put down to the blob that points to it, and so to that blob's paths and commits. What a
/// pointer names and is not here is told of: by its path where HEAD has it, and else as a number, as every clone lacks the
/// contents of most commits but the last.
/// </summary>
internal sealed class LfsSource(RepositoryLocation location, LfsPointers pointers) : ISource
{
    private readonly LfsStore _store = new(location);

    public string Activity => "git lfs";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        ReadContents(sink, jobs, cancellation);
        var missing = pointers.All.Where(p => _store.Find(p.Key) is null).Select(p => p.Value).ToHashSet();
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var (path, blob) in FilesOfHead(cancellation).Where(f => missing.Contains(f.Blob)).DistinctBy(f => f.Blob).ToList())
        {
            missing.Remove(blob);
            sink.Skip(new Skipped(new Origin.File(Display(path)), $"{NotHere}; git lfs pull brings it"));
        }

        if (missing.Count > 0)
        {
            sink.Skip(new Skipped(
                new Origin.GitInternal(Display(".git/lfs/objects")),
                $"lacks {missing.Count} {(missing.Count == 1 ? "content that an earlier commit has" : "contents that earlier commits have")} in Git LFS; git lfs fetch --all brings what the server still has"));
        }
    }

    /// <summary>What is said of a file whose content is missing.</summary>
    public static string NotHere => "its content is kept in Git LFS and is not in this clone";

    private void ReadContents(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        IReadOnlyList<string> files;
        try
        {
            files = _store.List();
        }
        catch (IOException e)
        {
            sink.Skip(new Skipped(new Origin.GitInternal(Display(".git/lfs/objects")), $"cannot be listed: {e.Message}"));
            return;
        }

        var next = -1;
        Workers.Run(Math.Min(jobs, files.Count), () =>
        {
            for (var i = Interlocked.Increment(ref next); i < files.Count; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                FileReading.Read(files[i], OriginOf(files[i]), sink, cancellation);
            }
        });
    }

    private Origin OriginOf(string file)
    {
        var oid = Path.GetFileName(file);
        return pointers.BlobOf(new LfsPointer(oid)) is { } blob
            ? new Origin.GitObject(location.DisplayPath, blob, GitObjectKind.Blob)
            : new Origin.GitInternal(Display($".git/lfs/objects/{oid[..Math.Min(2, oid.Length)]}/{oid}"));
    }

    private List<(string Path, ObjectId Blob)> FilesOfHead(CancellationToken cancellation)
    {
        try
        {
            using var objects = new ObjectReader(location.ObjectsPath, location.HashSize ?? ObjectFormat.Sha1Bytes);
            return new RefLookup(location).Resolve("HEAD") is { } head
                ? [.. TreeComparison.Compare(objects, RangeCommit.Read(objects, head, new HashSet<ObjectId>()).Tree, [], cancellation).Blobs.Select(b => (b.Path, b.Id))]
                : [];
        }
        catch (UnreadableObjectException)
        {
            // The scan of the objects says so; the contents are told of as a number.
            return [];
        }
    }

    private string Display(string path) => location.DisplayPath.Length == 0 ? path : $"{location.DisplayPath}/{path}";
}
