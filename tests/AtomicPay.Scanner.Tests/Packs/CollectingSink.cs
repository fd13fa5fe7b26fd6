using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>Keeps what a database hands over. An object whose bytes do not hash to its name is listed as wrong.</summary>
internal sealed class CollectingSink : IObjectSink
{
    private readonly ConcurrentBag<string> _objects = [];
    private readonly ConcurrentDictionary<ObjectId, (MemoryStream Content, int Windows)> _streamed = [];
    private readonly ConcurrentBag<(ObjectId? Id, string Reason)> _skips = [];

    /// <summary>What the sink takes for a match; null and everything is one.</summary>
    public byte[]? Anchor { get; init; }

    /// <summary>Runs once, when the first object comes.</summary>
    public Action? OnFirst { get; init; }

    /// <summary>Overlap that windows are expected to have.</summary>
    public int Overlap { get; init; }

    public ConcurrentBag<ObjectId> Matches { get; } = [];

    public ConcurrentBag<GitObjectKind?> SkippedKinds { get; } = [];

    public int ShownFresh;

    private int _calls;

    /// <summary>As git lists them, in its order.</summary>
    public string[] Objects => [.. _objects.Concat(_streamed.Select(Describe)).Order(StringComparer.Ordinal)];

    public IReadOnlyCollection<(ObjectId? Id, string Reason)> Skips => _skips;

    public int WindowsOf(string id) => _streamed[ObjectId.Parse(id)].Windows;

    public static CollectingSink ReadingOf(GitRepository repository, ReadOptions? options = null, byte[]? anchor = null, Action? onFirst = null)
    {
        options ??= new ReadOptions { Jobs = 2 };
        var sink = new CollectingSink { Anchor = anchor, Overlap = options.WindowOverlap, OnFirst = onFirst };
        var hashSize = ObjectFormat.ReadHashSize(Path.Join(repository.Folder, "config")).ShouldNotBeNull();
        ObjectDatabase.Open(repository.Objects, hashSize).ReadAll(sink, options, TestContext.Current.CancellationToken);
        return sink;
    }

    public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content)
    {
        if (Interlocked.Increment(ref _calls) == 1)
        {
            OnFirst?.Invoke();
        }

        _objects.Add(Describe(header.Id, header.Kind, content));
        header.Size.ShouldBe(content.Length);
        if (Anchor is null || content.IndexOf(Anchor) < 0)
        {
            return Anchor is null;
        }

        Matches.Add(header.Id);
        return true;
    }

    public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh)
    {
        Interlocked.Increment(ref ShownFresh);
        return fresh.IndexOf(Anchor.ShouldNotBeNull()) >= 0;
    }

    public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
    {
        var (content, windows) = _streamed.GetOrAdd(header.Id, _ => (new MemoryStream(), 0));
        content.Length.ShouldBe(offset == 0 ? 0 : offset + Overlap);
        content.Position = offset;
        content.Write(window);
        _streamed[header.Id] = (content, windows + 1);
    }

    public void Skip(ObjectId? id, string reason, GitObjectKind? kind)
    {
        _skips.Add((id, reason));
        SkippedKinds.Add(kind);
    }

    private static string Describe(KeyValuePair<ObjectId, (MemoryStream Content, int Windows)> streamed) =>
        Describe(streamed.Key, GitObjectKind.Blob, streamed.Value.Content.ToArray());

    private static string Describe(ObjectId id, GitObjectKind kind, ReadOnlySpan<byte> content)
    {
        var head = $"{kind.ToString().ToLowerInvariant()} {content.Length}";
        using var hash = IncrementalHash.CreateHash(id.ToArray().Length == 20 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(head + '\0'));
        hash.AppendData(content);
        var made = Convert.ToHexStringLower(hash.GetHashAndReset());
        return $"{id} {head}{(made == id.ToString() ? "" : " WRONG CONTENT")}";
    }
}
