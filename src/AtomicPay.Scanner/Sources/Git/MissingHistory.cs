using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Says what a clone was made without: history that git left on the server, which nothing here can scan.</summary>
internal sealed class MissingHistory(RepositoryLocation location) : ISource
{
    public string Activity => "git history";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        if (new FileInfo(Path.Join(location.CommonFolder, "shallow")) is { Exists: true, Length: > 0 })
        {
            sink.Skip(new Skipped(
                OriginOf("shallow"), "the clone is shallow, and older commits were not scanned; git fetch --unshallow brings them"));
        }

        if (IsPartial())
        {
            sink.Skip(new Skipped(
                OriginOf("config"),
                "the clone is partial, and what it left on the server was not scanned; git fetch --refetch --no-filter brings it"));
        }
    }

    /// <summary>
    /// Whether git may have left objects out. Which ones are missing would take following every id in every tree: to learn that
    /// none is, of a clone that was told to leave some out, is not worth that.
    /// </summary>
    private bool IsPartial()
    {
        try
        {
            return GitConfig.Read(Path.Join(location.CommonFolder, "config"), "extensions", "partialclone") is not null
                || Directory.EnumerateFiles(Path.Join(location.ObjectsPath, "pack"), "*.promisor").Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The scan of the packs says so.
            return false;
        }
    }

    private Origin.GitInternal OriginOf(string file) =>
        new(location.DisplayPath.Length == 0 ? $".git/{file}" : $"{location.DisplayPath}/.git/{file}");
}
