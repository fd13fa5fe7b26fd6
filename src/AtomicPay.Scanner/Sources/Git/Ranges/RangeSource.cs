using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Changes;
using LibGit2Sharp;
using ObjectId = AtomicPay.Scanner.Content.ObjectId;

namespace AtomicPay.Scanner.Sources.Git.Ranges;

/// <summary>
/// What the commits of a range bring, each compared with all of its parents, so that a key that one commit added and the next
/// removed is seen, and so is one that only a merge holds: blobs, names, messages, and the tags that point into the range.
/// </summary>
internal sealed class RangeSource(RepositoryLocation location, Repository repository, CommitRange range) : ISource
{
    public string Activity => "commits of the range";

    /// <summary>What a commit brings; asked again for the few commits whose places are looked up.</summary>
    public static ChangeSet ChangesOf(Commit commit, CancellationToken cancellation) =>
        TreeComparison.Compare(commit.Tree, [.. commit.Parents.Select(p => p.Tree)], cancellation);

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        foreach (var gap in range.Gaps)
        {
            sink.Skip(new Skipped(new Origin.GitInternal(".git/shallow"), gap));
        }

        var seen = new HashSet<ObjectId>();
        foreach (var commit in range.Commits)
        {
            cancellation.ThrowIfCancellationRequested();
            var id = new ObjectId(commit.Id.RawId);
            sink.Accept(PathText.Encode(TextOf(commit)), new Origin.GitObject(location.DisplayPath, id, GitObjectKind.Commit));
            try
            {
                Read(ChangesOf(commit, cancellation), id, seen, sink, cancellation);
            }
            catch (LibGit2SharpException e)
            {
                sink.Skip(new Skipped(new Origin.GitObject(location.DisplayPath, id, GitObjectKind.Commit), $"what it brings cannot be read: {e.Message}"));
            }
        }

        ReadTags(sink);
    }

    private void Read(ChangeSet changes, ObjectId commit, HashSet<ObjectId> seen, IContentSink sink, CancellationToken cancellation)
    {
        foreach (var name in changes.Names)
        {
            sink.Accept(PathText.Encode(name[(name.LastIndexOf('/') + 1)..]), new Origin.FileName(name, commit));
        }

        foreach (var blob in changes.Blobs.Where(b => seen.Add(b.Id)))
        {
            BlobReading.Read(repository, blob.Id, new Origin.GitObject(location.DisplayPath, blob.Id, GitObjectKind.Blob), sink, cancellation);
        }
    }

    private void ReadTags(IContentSink sink)
    {
        var inRange = range.Commits.Select(c => c.Id).ToHashSet();
        var seen = new HashSet<LibGit2Sharp.ObjectId>();
        foreach (var reference in repository.Refs.OfType<DirectReference>())
        {
            var tags = new List<TagAnnotation>();
            var target = reference.Target;
            for (; target is TagAnnotation tag; target = tag.Target)
            {
                tags.Add(tag);
            }

            if (tags.Count == 0 || target is null || !inRange.Contains(target.Id))
            {
                continue;
            }

            foreach (var tag in tags.Where(t => seen.Add(t.Id)))
            {
                var text = $"{tag.Name}\n{PersonOf(tag.Tagger)}\n{tag.Message}";
                sink.Accept(PathText.Encode(text), new Origin.GitObject(location.DisplayPath, new ObjectId(tag.Id.RawId), GitObjectKind.Tag));
            }
        }
    }

    // The message first, so that a line in a report is a line of the message.
    private static string TextOf(Commit commit) => $"{commit.Message}\n{PersonOf(commit.Author)}\n{PersonOf(commit.Committer)}\n";

    private static string PersonOf(Signature? person) => person is null ? "" : $"{person.Name} <{person.Email}>";
}
