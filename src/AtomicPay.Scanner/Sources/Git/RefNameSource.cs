using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Refs;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>
/// What the refs of a repository are called: a name is one thing, whether it lies in a file of its own, among the packed ones or
/// in a table. With them the logs that lie in tables.
/// </summary>
internal sealed class RefNameSource(RepositoryLocation location) : ISource
{
    public string Activity => "git refs";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        var references = References.Read(location);
        foreach (var (file, reason) in references.Damage)
        {
            sink.Skip(new Skipped(OriginOf(file), $"its refs cannot be read: {reason}"));
        }

        // Where logs are files, they are scanned as such.
        foreach (var (name, entry) in references.LogInTables)
        {
            cancellation.ThrowIfCancellationRequested();
            sink.Accept(PathText.Encode($"{entry.Message}\n{entry.Person}\n"), OriginOf($"logs/{name}"));
        }

        foreach (var name in references.Names)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = PathText.Encode(name);
            if (sink.MayHoldKey(bytes))
            {
                sink.Accept(bytes, new Origin.RefName(location.DisplayPath, name));
            }
        }
    }

    private Origin.GitInternal OriginOf(string file) =>
        new(location.DisplayPath.Length == 0 ? $".git/{file}" : $"{location.DisplayPath}/.git/{file}");
}
