using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Takes what sources read, runs the rules over it and, for pictures, the reader; collects what they find.</summary>
internal sealed class ContentScanner(RuleSet rules, PictureScanner? pictures, CancellationToken cancellation) : IContentSink
{
    [ThreadStatic]
    private static List<RuleMatch>? _matches;

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

    public IReadOnlyCollection<Detection> Detections => _detections;

    public IReadOnlyCollection<Skipped> Skipped => _skipped;

    public ScanCounts Counts => new(
        Interlocked.Read(ref _files), Interlocked.Read(ref _objects), pictures?.Count ?? 0, Interlocked.Read(ref _bytes));

    public ContentOutcome Accept(ReadOnlySpan<byte> content, Origin origin)
    {
        var around = Begin();
        Count(origin, content.Length);
        Match(content, origin, default);
        pictures?.Accept(content, origin, this);
        return End(around);
    }

    public ContentOutcome Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position)
    {
        var around = Begin();
        if (position.Offset == 0)
        {
            Count(origin, window.Length);
        }
        else
        {
            Count(new ContentTally(0, 0, window.Length - ContentWindow.Overlap));
        }

        Match(window, origin, position);
        return End(around);
    }

    public bool NeedsWhole(ReadOnlySpan<byte> head) => PictureScanner.IsPicture(head);

    public bool MayHoldKey(ReadOnlySpan<byte> content)
    {
        cancellation.ThrowIfCancellationRequested();
        return rules.IndexOfAnchor(content) >= 0 || (pictures is not null && PictureScanner.IsPicture(content));
    }

    public void CountClean(long bytes)
    {
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

    private void Match(ReadOnlySpan<byte> content, Origin origin, ContentWindow position)
    {
        cancellation.ThrowIfCancellationRequested();
        var matches = _matches ??= [];
        rules.FindMatches(content, matches);
        if (matches.Count == 0)
        {
            return;
        }

        var lines = new LineCounter(content, position);
        foreach (var match in matches)
        {
            Detect(new Detection(
                match.Rule,
                new Secret(match.Key, match.Rule.Prefix),
                origin,
                lines.RegionOf(match.Offset, match.Length),
                Picture: null,
                match.DecodedBy,
                match.Confidence));
        }

        matches.Clear();
    }

    private void Count(Origin origin, long bytes)
    {
        var isObject = origin is Origin.GitObject;
        Count(new ContentTally(isObject || origin is Origin.FileName or Origin.TreeEntry or Origin.RefName ? 0 : 1, isObject ? 1 : 0, bytes));
    }

    private void Count(ContentTally tally)
    {
        _outcome = _outcome with { Tally = _outcome.Tally + tally };
        Interlocked.Add(ref _files, tally.Files);
        Interlocked.Add(ref _objects, tally.Objects);
        Interlocked.Add(ref _bytes, tally.Bytes);
    }
}
