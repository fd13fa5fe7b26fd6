using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Remembered;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Every object of a repository's object database, reachable or not: blobs, the headers and messages of commits and tags, and the names in trees.</summary>
internal sealed class ObjectDatabaseSource(RepositoryLocation location, int longestAnchor, LfsPointers pointers, PackCache? cache) : ISource
{
    public string Activity => "git history";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        var options = new ReadOptions
        {
            Jobs = jobs,
            Margin = longestAnchor,
            Kinds = ObjectKinds.All,
        };
        if (location.HashSize is not { } hashSize)
        {
            sink.Skip(new Skipped(new Origin.File(location.DisplayPath), "its object format is not known: neither SHA-1 nor SHA-256"));
            return;
        }

        ObjectDatabase.Open(location.ObjectsPath, hashSize).ReadAll(new ObjectSink(location, hashSize, sink, pointers, cache), options, cancellation);
    }
}
