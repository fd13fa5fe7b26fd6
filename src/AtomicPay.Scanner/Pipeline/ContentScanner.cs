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

    private readonly ConcurrentBag<Detection> _detections = [];
    private readonly ConcurrentBag<Skipped> _skipped = [];
    private long _files;
    private long _objects;
    private long _bytes;

    public IReadOnlyCollection<Detection> Detections => _detections;

    public IReadOnlyCollection<Skipped> Skipped => _skipped;

    public ScanCounts Counts => new(
        Interlocked.Read(ref _files), Interlocked.Read(ref _objects), pictures?.Count ?? 0, Interlocked.Read(ref _bytes));

    public void Accept(ReadOnlySpan<byte> content, Origin origin)
    {
        Count(origin, content.Length);
        Match(content, origin, default);
        pictures?.Accept(content, origin, this);
    }

    public void Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position)
    {
        if (position.Offset == 0)
        {
            Count(origin, window.Length);
        }
        else
        {
            Interlocked.Add(ref _bytes, window.Length - ContentWindow.Overlap);
        }

        Match(window, origin, position);
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

    public void Skip(Skipped skipped) => _skipped.Add(skipped);

    public void Detect(Detection detection) => _detections.Add(detection);

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
        if (origin is not Origin.FileName)
        {
            Interlocked.Increment(ref origin is Origin.GitObject ? ref _objects : ref _files);
        }

        Interlocked.Add(ref _bytes, bytes);
    }
}
