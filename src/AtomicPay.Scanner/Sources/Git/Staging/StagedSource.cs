using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Sources.Git.Changes;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>
/// What is staged: each blob that the index has and HEAD does not have at that path, read whole, and each new name. The work
/// tree is not looked at. Deletions, submodules and paths that are only announced stage nothing; of a path in conflict, every
/// version does.
/// </summary>
internal sealed class StagedSource(RepositoryDiscovery place, ObjectReader objects, ObjectId? head, PathFilter filter) : ISource
{
    public string Activity => "staged files";

    /// <summary>What is staged; empty until it was read.</summary>
    public ChangeSet Changes { get; private set; } = new();

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        try
        {
            var index = place.ReadIndex(objects.HashSize);
            Changes = new IndexComparison(index, objects).Compare(head, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            sink.Skip(new Skipped(new Origin.GitInternal(".git/index"), $"the index cannot be read: {e.Message}"));
        }
        catch (UnreadableObjectException e)
        {
            sink.Skip(new Skipped(new Origin.GitInternal(".git/HEAD"), $"HEAD's files cannot be read: {e.Message}"));
        }

        foreach (var name in Changes.Names.Where(filter.Admits))
        {
            sink.Accept(PathText.Encode(name[(name.LastIndexOf('/') + 1)..]), new Origin.FileName(name, Commit: null));
        }

        var lfs = new LfsStore(place.Location);
        foreach (var blob in Changes.Blobs.Where(b => filter.Admits(b.Path)))
        {
            BlobReading.Read(objects, lfs, blob.Id, new Origin.Staged(blob.Path, blob.Id), sink, cancellation);
        }
    }
}
