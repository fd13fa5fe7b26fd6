using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Scans what lies in one container as any other content: by the rules, as a picture, as a container again. Its members may
/// be larger than memory, so they are read as files are.
/// </summary>
/// <param name="scanner">Takes the members.</param>
/// <param name="budget">What they may still unpack to.</param>
/// <param name="origin">Where the container lies.</param>
/// <param name="format">What it is.</param>
/// <param name="told">Keys that are not told again, if they are found inside; null for none.</param>
/// <param name="cancellation">Ends the scan.</param>
internal sealed class ContainerScanner(
    ContentScanner scanner, ContainerBudget budget, Origin origin, string format, KeySet? told, CancellationToken cancellation)
    : IMemberSink, IContentSink
{
    private KeySet? _told;

    /// <summary>The keys found inside, which are not told again for the container's own bytes.</summary>
    public KeySet Keys { get; } = new(told);

    bool IMemberSink.WantsPictures => scanner.ReadsPictures;

    void IMemberSink.Accept(string path, Stream content, bool isAgain)
    {
        _told = isAgain ? Keys : told;
        StreamReading.Read(content.Read, length: null, new Origin.ArchiveMember(origin, path, format), this, cancellation);
    }

    void IMemberSink.Skip(string path, string reason) =>
        scanner.Skip(new Skipped(path.Length == 0 ? origin : new Origin.ArchiveMember(origin, path, format), reason));

    ContentOutcome IContentSink.Accept(ReadOnlySpan<byte> content, Origin origin) => scanner.Accept(content, origin, budget, Keys, _told);

    ContentOutcome IContentSink.Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position) => scanner.Accept(window, origin, position, Keys, _told);

    bool IContentSink.NeedsWhole(ReadOnlySpan<byte> head) => scanner.NeedsWhole(head);

    bool IContentSink.PrefersWhole(ReadOnlySpan<byte> head) => scanner.PrefersWhole(head);

    bool IContentSink.MayHoldKey(ReadOnlySpan<byte> content) => scanner.MayHoldKey(content);

    void IContentSink.CountClean(long bytes) => scanner.CountClean(bytes);

    void IContentSink.CountRemembered(ContentTally tally, IEnumerable<string> cleanPictures) => scanner.CountRemembered(tally, cleanPictures);

    void IContentSink.Skip(Skipped skipped) => scanner.Skip(skipped);
}
