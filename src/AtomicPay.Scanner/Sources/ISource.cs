using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources;

/// <summary>Something that can be scanned. It pushes what it reads to a sink, from as many threads as it was told to use.</summary>
internal interface ISource
{
    /// <summary>What the source is reading, for the progress line: "working files", "history".</summary>
    string Activity { get; }

    /// <summary>Reads everything. What cannot be read goes to <see cref="IContentSink.Skip"/>; only cancellation throws.</summary>
    void Read(IContentSink sink, int jobs, CancellationToken cancellation);
}
