using System.Collections.Concurrent;
using System.Collections.Immutable;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>
/// Every file below a folder, ignored ones too. Links are not followed, so a loop cannot form; a link's own text is scanned.
/// Inside a repository's folder the object database is left to its own reader, and noted in <see cref="Repositories"/>.
/// </summary>
internal sealed class FolderTree(string root, string displayPrefix, PathFilter filter) : ISource
{
    /// <summary>Files handed to a worker at once: enough that taking them costs nothing, few enough that one folder feeds all cores.</summary>
    private const int BatchSize = 32;

    private readonly ConcurrentBag<RepositoryLocation> _repositories = [];

    public string Activity => "working files";

    /// <summary>The repositories met on the way, sorted; complete once the walk has ended.</summary>
    public ImmutableArray<RepositoryLocation> Repositories =>
    [
        // A submodule's folder is met twice, and called by its work tree.
        .. _repositories
            .OrderBy(r => r.DisplayPath.Contains(".git/", StringComparison.Ordinal))
            .ThenBy(r => r.DisplayPath, StringComparer.Ordinal)
            .DistinctBy(r => r.ObjectsPath),
    ];

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        using var work = new BlockingCollection<WorkItem>(new ConcurrentStack<WorkItem>());
        var pending = 1;
        work.Add(new WorkItem(new Folder(root, "", IsGitInternal: false), []), cancellation);
        Workers.Run(jobs, () =>
        {
            try
            {
                foreach (var item in work.GetConsumingEnumerable(cancellation))
                {
                    Take(item, Add, sink, cancellation);
                    if (Interlocked.Decrement(ref pending) == 0)
                    {
                        work.CompleteAdding();
                    }
                }
            }
            catch
            {
                work.CompleteAdding();
                throw;
            }
        });

        void Add(WorkItem item)
        {
            Interlocked.Increment(ref pending);
            work.TryAdd(item);
        }
    }

    private void Take(WorkItem item, Action<WorkItem> add, IContentSink sink, CancellationToken cancellation)
    {
        if (item.Files.IsEmpty)
        {
            Open(item.Folder, add, sink);
            return;
        }

        foreach (var name in item.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            FileReading.Read(item.Folder.FullPathOf(name), OriginOf(item.Folder, name), sink, cancellation);
        }
    }

    private void Open(Folder folder, Action<WorkItem> add, IContentSink sink)
    {
        var entries = new List<(string Name, EntryKind Kind)>();
        try
        {
            FileSystem.Current.ReadFolder(folder.FullPath, (name, kind) => entries.Add((name, kind)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sink.Skip(new Skipped(new Origin.File(Display(folder.RelativePath)), $"cannot be listed: {e.Message}"));
        }

        var isRepository = RepositoryLocation.IsGitFolder(entries);
        if (isRepository)
        {
            _repositories.Add(RepositoryLocation.OfGitFolder(folder.FullPath, Display(WorkTreeOf(folder.RelativePath))));
        }

        if (entries.Contains((".git", EntryKind.File)) && RepositoryLocation.At(folder.FullPath, Display(folder.RelativePath)) is { } elsewhere)
        {
            // A submodule or a linked work tree.
            _repositories.Add(elsewhere);
        }

        var files = ImmutableArray.CreateBuilder<string>();
        var isInternal = folder.IsGitInternal || isRepository;
        foreach (var (name, kind) in entries)
        {
            // What git calls its own files is not a name that someone gave, but for refs, which have their own reader.
            if (!isInternal && filter.Admits(folder.RelativePathOf(name)))
            {
                AcceptName(folder.RelativePathOf(name), name, sink);
            }

            switch (kind)
            {
                case EntryKind.Folder when isRepository && name == "objects":
                    break;
                // What Git LFS keeps belongs to history, as the objects do.
                case EntryKind.Folder when folder.IsGitInternal && name == "objects" && Path.GetFileName(folder.FullPath) == "lfs":
                    break;
                case EntryKind.Folder:
                    add(new WorkItem(folder.Child(name, isInternal), []));
                    break;
                // The reader of refs takes the names that these hold, one by one.
                case EntryKind.File when isRepository && name is "packed-refs" or "HEAD":
                    break;
                case EntryKind.File when filter.Admits(folder.RelativePathOf(name)):
                    files.Add(name);
                    if (files.Count == BatchSize)
                    {
                        add(new WorkItem(folder with { IsGitInternal = isInternal }, files.DrainToImmutable()));
                    }

                    break;
                case EntryKind.Link when filter.Admits(folder.RelativePathOf(name)):
                    ReadLink(folder, name, sink);
                    break;
                // Git's own sockets (its file system monitor) hold nothing.
                case EntryKind.Special when !isInternal && filter.Admits(folder.RelativePathOf(name)):
                    sink.Skip(new Skipped(OriginOf(folder, name), "is a socket, pipe or device, not a file"));
                    break;
                default:
                    break;
            }
        }

        if (files.Count > 0)
        {
            add(new WorkItem(folder with { IsGitInternal = isInternal }, files.DrainToImmutable()));
        }
    }

    private void AcceptName(string path, string name, IContentSink sink)
    {
        var bytes = PathText.Encode(name);
        if (sink.MayHoldKey(bytes))
        {
            sink.Accept(bytes, new Origin.FileName(Display(path), Commit: null));
        }
    }

    private void ReadLink(Folder folder, string name, IContentSink sink)
    {
        var path = folder.FullPathOf(name);
        var origin = OriginOf(folder, name);
        try
        {
            sink.Accept(PathText.Encode(FileSystem.Current.ReadLink(path)), origin);
            if (!FileSystem.Current.LinkLeadsSomewhere(path))
            {
                sink.Skip(new Skipped(origin, "is a link that leads nowhere"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sink.Skip(new Skipped(origin, $"cannot be read: {e.Message}"));
        }
    }

    private Origin OriginOf(Folder folder, string name)
    {
        var path = Display(folder.RelativePathOf(name));
        return folder.IsGitInternal ? new Origin.GitInternal(path) : new Origin.File(path);
    }

    private string Display(string relativePath) =>
        displayPrefix.Length == 0 ? relativePath
        : relativePath.Length == 0 ? displayPrefix
        : $"{displayPrefix}/{relativePath}";

    private static string WorkTreeOf(string gitFolder) =>
        gitFolder == ".git" ? "" : gitFolder.EndsWith("/.git", StringComparison.Ordinal) ? gitFolder[..^"/.git".Length] : gitFolder;

    /// <summary>A folder to open, or, with files, a batch of its files to read.</summary>
    private readonly record struct WorkItem(Folder Folder, ImmutableArray<string> Files);

    private sealed record Folder(string FullPath, string RelativePath, bool IsGitInternal)
    {
        public string FullPathOf(string name) => FullPath.EndsWith('/') ? FullPath + name : $"{FullPath}/{name}";

        public string RelativePathOf(string name) => RelativePath.Length == 0 ? name : $"{RelativePath}/{name}";

        public Folder Child(string name, bool isGitInternal) => new(FullPathOf(name), RelativePathOf(name), isGitInternal);
    }
}
