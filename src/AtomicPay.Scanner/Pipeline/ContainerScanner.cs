using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Scans what lies in one container as any other content: by the rules, as a picture, as a container again. Its members may
/// be larger than memory, so they are read as files are.
/// </summary>
internal sealed class ContainerScanner(ContentScanner scanner, ContainerBudget budget, Origin origin, string format, CancellationToken cancellation)
    : IMemberSink, IContentSink
{
    /// <summary>The keys found inside, which are not told again for the container's own bytes.</summary>
    public HashSet<Secret> Keys { get; } = [];

    void IMemberSink.Accept(string path, Stream content) =>
        StreamReading.Read(content.Read, length: null, new Origin.ArchiveMember(origin, path, format), this, cancellation);

    void IMemberSink.Skip(string path, string reason) =>
        scanner.Skip(new Skipped(path.Length == 0 ? origin : new Origin.ArchiveMember(origin, path, format), reason));

    ContentOutcome IContentSink.Accept(ReadOnlySpan<byte> content, Origin origin) => scanner.Accept(content, origin, budget, Keys);

    ContentOutcome IContentSink.Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position) => scanner.Accept(window, origin, position, Keys);

    bool IContentSink.NeedsWhole(ReadOnlySpan<byte> head) => scanner.NeedsWhole(head);

    bool IContentSink.MayHoldKey(ReadOnlySpan<byte> content) => scanner.MayHoldKey(content);

    void IContentSink.CountClean(long bytes) => scanner.CountClean(bytes);

    void IContentSink.CountRemembered(ContentTally tally, IEnumerable<string> cleanPictures) => scanner.CountRemembered(tally, cleanPictures);

    void IContentSink.Skip(Skipped skipped) => scanner.Skip(skipped);
}
