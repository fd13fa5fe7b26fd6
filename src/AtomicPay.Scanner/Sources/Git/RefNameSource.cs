using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Attribution;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>What the refs of a repository are called: a name is one thing, whether it lies in a file of its own or among the packed ones.</summary>
internal sealed class RefNameSource(RepositoryLocation location) : ISource
{
    public string Activity => "git refs";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        foreach (var name in References.Read(location).Names)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = PathText.Encode(name);
            if (sink.MayHoldKey(bytes))
            {
                sink.Accept(bytes, new Origin.RefName(location.DisplayPath, name));
            }
        }
    }
}
