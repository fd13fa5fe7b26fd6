using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Containers.Embedded;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources.Files;
using AtomicPay.Scanner.Triage;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Takes what sources read, runs the rules over it, the reader over pictures, and itself over what lies in containers;
/// collects what they find.
/// </summary>
/// <param name="rules">What a key looks like.</param>
/// <param name="pictures">Reads pictures; null to leave them out.</param>
/// <param name="containers">How much containers may unpack to; null to leave them closed.</param>
/// <param name="cancellation">Ends the scan.</param>
internal sealed class ContentScanner(RuleSet rules, PictureScanner? pictures, ContainerLimits? containers, CancellationToken cancellation) : IContentSink
{
    [ThreadStatic]
    private static List<RuleMatch>? _matches;

    [ThreadStatic]
    private static List<int>? _packed;

    // What the content in hand has come to, whatever was found packed in it: a content is worked through on one thread.
    [ThreadStatic]
    private static ContentOutcome _outcome;

    [ThreadStatic]
    private static int _depth;

    private readonly ConcurrentBag<Detection> _detections = [];
    private readonly ConcurrentBag<Skipped> _skipped = [];
    private long _files;
    private long _objects;
    private long _bytes;

    /// <summary>
    /// Which part of the work to do; null for all of it. The first part takes all text, which is read in seconds, and what is
    /// said of a key in one version of a file holds for the others; pictures and archives, which take the time, are dealt out.
    /// </summary>
    public Shard? Shard { get; init; }

    public bool ReadsPictures => pictures is not null;

    public IReadOnlyCollection<Detection> Detections => _detections;

    public IReadOnlyCollection<Skipped> Skipped => _skipped;

    public ScanCounts Counts => new(
        Interlocked.Read(ref _files), Interlocked.Read(ref _objects), pictures?.Count ?? 0, Interlocked.Read(ref _bytes));

    public ContentOutcome Accept(ReadOnlySpan<byte> content, Origin origin) => Accept(content, origin, budget: null, found: null, told: null);

    public ContentOutcome Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position) => Accept(window, origin, position, found: null, told: null);

    /// <summary>Takes a whole content that may lie in a container.</summary>
    /// <param name="content">The content.</param>
    /// <param name="origin">Where it lies.</param>
    /// <param name="budget">What the outermost container may still unpack to; null outside of one.</param>
    /// <param name="found">Takes note of the keys found; null outside of a container.</param>
    /// <param name="told">Keys that are not told again; null for none.</param>
    public ContentOutcome Accept(ReadOnlySpan<byte> content, Origin origin, ContainerBudget? budget, KeySet? found, KeySet? told)
    {
        if (budget is null && !IsMine(content))
        {
            return default;
        }

        var around = Begin();
        Count(origin, content.Length);
        var format = containers is null ? null : ContainerOpener.FormatOf(content);
        var inside = format is null ? null : Open(content, format, origin, budget, format.IsOtherView ? KeysIn(content, told) : told);
        Match(content, origin, default, told, inside, found, out var packed);
        if (inside is not null)
        {
            found?.AddAll(inside);
        }

        if (packed is not null && ContainerOpener.IsText(format))
        {
            OpenPacked(content, packed, isCut: false, origin, budget, found, told);
        }

        pictures?.Accept(content, origin, this);
        return End(around);
    }

    /// <summary>Takes one window of a content that may lie in a container.</summary>
    public ContentOutcome Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position, KeySet? found, KeySet? told)
    {
        if (found is null && Shard is { IsFirst: false })
        {
            return default;
        }

        var around = Begin();
        if (position.Offset == 0)
        {
            Count(origin, window.Length);
            // Sources read whole what they can hold of it; this one they could not.
            if (NeedsWhole(window))
            {
                Skip(new Skipped(origin, "is too large to be opened as a picture or archive; its bytes were scanned as they are"));
            }
        }
        else
        {
            Count(new ContentTally(0, 0, window.Length - ContentWindow.Overlap));
        }

        Match(window, origin, position, told, inside: null, found, out var packed);
        if (packed is not null)
        {
            OpenPacked(window, packed, isCut: window.Length == StreamReading.WindowSize, origin, budget: null, found, told);
        }

        return End(around);
    }

    public bool PrefersWhole(ReadOnlySpan<byte> head) => containers is not null && rules.HoldsPacked(head);

    public bool NeedsWhole(ReadOnlySpan<byte> head) =>
        (pictures is not null && PictureScanner.IsPicture(head)) || (containers is not null && ContainerOpener.IsContainer(head));

    public bool MayHoldKey(ReadOnlySpan<byte> content)
    {
        cancellation.ThrowIfCancellationRequested();
        return NeedsWhole(content) || (Shard is not { IsFirst: false } && rules.IndexOfAnchor(content) >= 0);
    }

    public void CountClean(long bytes)
    {
        if (Shard is { IsFirst: false })
        {
            return;
        }

        Interlocked.Increment(ref _objects);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void CountRemembered(ContentTally tally, IEnumerable<string> cleanPictures)
    {
        Count(tally);
        pictures?.CountRemembered(cleanPictures);
    }

    public void Skip(Skipped skipped)
    {
        _outcome = _outcome with { IsNotable = true };
        _skipped.Add(skipped);
    }

    public void Detect(Detection detection)
    {
        _outcome = _outcome with { IsNotable = true };
        _detections.Add(detection);
    }

    /// <summary>Notes that the content in hand is a picture or holds one.</summary>
    public static void MeetPicture(string sha256) => _outcome = _outcome with { Pictures = (_outcome.Pictures ?? []).Add(sha256) };

    private static ContentOutcome Begin()
    {
        var around = _depth++ == 0 ? default : _outcome;
        _outcome = default;
        return around;
    }

    /// <summary>Ends a content; what it is packed in, if anything, has come to as much, and more.</summary>
    private static ContentOutcome End(ContentOutcome around)
    {
        var outcome = _outcome;
        _outcome = --_depth == 0 ? default : around + outcome;
        return outcome;
    }

    private bool IsMine(ReadOnlySpan<byte> content) =>
        Shard is null
        || (NeedsWhole(content) ? Shard.Takes(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(content))) : Shard.IsFirst);

    /// <summary>Scans what lies in a container, and says which keys that were.</summary>
    private KeySet Open(
        ReadOnlySpan<byte> content, IContainerFormat format, Origin origin, ContainerBudget? budget, KeySet? told)
    {
        budget ??= new ContainerBudget(containers!);
        var scanner = new ContainerScanner(this, budget, origin, format.Name, told, cancellation);
        ContainerOpener.Open(content, format, budget, scanner);
        return scanner.Keys;
    }

    /// <summary>Scans what a text holds packed in base64.</summary>
    private void OpenPacked(
        ReadOnlySpan<byte> content, int[] packed, bool isCut, Origin origin, ContainerBudget? budget, KeySet? found, KeySet? told)
    {
        var keys = Open(content, new EmbeddedFormat(packed, isCut), origin, budget, KeysIn(content, told));
        found?.AddAll(keys);
    }

    /// <summary>The keys that a content shows as it stands.</summary>
    private KeySet KeysIn(ReadOnlySpan<byte> content, KeySet? told)
    {
        var matches = new List<RuleMatch>();
        rules.FindMatches(content, matches);
        var keys = new KeySet(told);
        foreach (var match in matches)
        {
            keys.Add(new Secret(match.Key, match.Rule.PrefixOf(match.Key)));
        }

        return keys;
    }

    /// <param name="content">The content, or a window of it.</param>
    /// <param name="origin">Where it lies.</param>
    /// <param name="position">Where the window lies in it.</param>
    /// <param name="told">Keys that are not told again; null for none.</param>
    /// <param name="inside">
    /// Keys found in the content once opened. What is stored uncompressed shows in the container's own bytes too, and would
    /// be told twice.
    /// </param>
    /// <param name="found">Takes note of the keys found.</param>
    /// <param name="packed">Where the base64 of something to open may begin; null when nowhere, or when nothing is to be opened.</param>
    private void Match(
        ReadOnlySpan<byte> content,
        Origin origin,
        ContentWindow position,
        KeySet? told,
        KeySet? inside,
        KeySet? found,
        out int[]? packed)
    {
        cancellation.ThrowIfCancellationRequested();
        var matches = _matches ??= [];
        var offsets = containers is null ? null : _packed ??= [];
        rules.FindMatches(content, matches, offsets);
        packed = offsets is { Count: > 0 } ? [.. offsets] : null;
        offsets?.Clear();
        if (matches.Count == 0)
        {
            return;
        }

        var lines = new LineCounter(content, position);
        foreach (var match in matches)
        {
            var key = new Secret(match.Key, match.Rule.PrefixOf(match.Key));
            if (told?.Tells(key) == true || inside?.Resembles(key) == true)
            {
                continue;
            }

            found?.Add(key);
            Detect(new Detection(
                match.Rule,
                key,
                origin,
                lines.RegionOf(match.Offset, match.Length),
                Picture: null,
                match.DecodedBy,
                match.Confidence)
            {
                IsAllowed = AllowComment.IsBeside(content, match.Offset, match.Length),
            });
        }

        matches.Clear();
    }

    private void Count(Origin origin, long bytes)
    {
        // Of what lies in a container only the bytes count: it is no file of its own.
        var isObject = origin is Origin.GitObject;
        Count(new ContentTally(isObject || origin is Origin.FileName or Origin.TreeEntry or Origin.RefName or Origin.ArchiveMember ? 0 : 1, isObject ? 1 : 0, bytes));
    }

    private void Count(ContentTally tally)
    {
        _outcome = _outcome with { Tally = _outcome.Tally + tally };
        Interlocked.Add(ref _files, tally.Files);
        Interlocked.Add(ref _objects, tally.Objects);
        Interlocked.Add(ref _bytes, tally.Bytes);
    }
}
