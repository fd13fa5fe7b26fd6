using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>One file that the user named.</summary>
internal sealed class SingleFile(string path, string displayPath) : ISource
{
    public string Activity => "working files";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation) =>
        FileReading.Read(path, new Origin.File(displayPath), sink, cancellation);
}
