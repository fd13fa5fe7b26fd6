using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources;

internal sealed class StandardInput : ISource
{
    private const int BufferSize = 256 * 1024;

    public string Activity => "standard input";

    public void Read(IContentSink sink, int jobs, CancellationToken cancellation)
    {
        var origin = new Origin.StandardInput();
        try
        {
            using var input = Console.OpenStandardInput();
            var pending = new byte[BufferSize];
            StreamReading.Read(
                buffer =>
                {
                    // A read from a terminal or pipe may never return; waiting for it beside the signal lets Ctrl-C end the scan.
                    var upTo = Math.Min(pending.Length, buffer.Length);
                    var read = Task.Run(() => input.ReadAtLeast(pending.AsSpan(0, upTo), 1, throwOnEndOfStream: false), cancellation);
                    read.Wait(cancellation);
                    pending.AsSpan(0, read.Result).CopyTo(buffer);
                    return read.Result;
                },
                length: null,
                origin,
                sink,
                cancellation);
        }
        catch (AggregateException e) when (e.InnerException is IOException)
        {
            sink.Skip(new Skipped(origin, e.InnerException!.Message));
        }
    }
}
