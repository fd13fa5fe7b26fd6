using System.Buffers;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>Reads bytes in order and hands them on: whole where they fit, else in overlapping windows of constant size.</summary>
internal static class StreamReading
{
    /// <summary>Bytes that are read before it is decided whether the content is handed on whole.</summary>
    public const int WindowSize = 4 * 1024 * 1024;

    /// <summary>The largest content, in bytes, that is held whole because a picture or an archive can only be opened whole.</summary>
    public const int LargestWhole = 512 * 1024 * 1024;

    // Text is read in windows, and only what a window cuts in two is lost; it is not worth as much memory as a picture.
    private const int LargestPreferred = 64 * 1024 * 1024;

    private const int SmallBuffer = 64 * 1024;

    /// <summary>Fills as much of a span as it can; 0 at the end.</summary>
    public delegate int ReadNext(Span<byte> buffer);

    /// <param name="readNext">Reads the next bytes.</param>
    /// <param name="length">How many bytes there should be; null when unknown. Never more than these are read, so that a growing file ends.</param>
    /// <param name="origin">Where the bytes come from.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static void Read(ReadNext readNext, long? length, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length ?? SmallBuffer, WindowSize));
        try
        {
            var limit = length ?? long.MaxValue;
            var filled = Fill(readNext, ref buffer, 0, WindowSize, limit, cancellation);
            if (filled == WindowSize && filled < limit)
            {
                if (sink.NeedsWhole(buffer.AsSpan(0, filled)) || (limit <= LargestPreferred && sink.PrefersWhole(buffer.AsSpan(0, filled))))
                {
                    filled = Fill(readNext, ref buffer, filled, LargestWhole + 1, limit, cancellation);
                    if (filled > LargestWhole)
                    {
                        sink.Skip(new Skipped(origin, $"larger than {LargestWhole >> 20} MiB, which is the most that is opened as a picture or archive; its first bytes were scanned as they are"));
                        filled = LargestWhole;
                    }
                }
                else
                {
                    ReadWindows(readNext, buffer, filled, limit, origin, sink, cancellation);
                    return;
                }
            }

            sink.Accept(buffer.AsSpan(0, filled), origin);
            ReportIfShorter(filled, length, origin, sink);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ReadWindows(ReadNext readNext, byte[] buffer, int filled, long limit, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        var position = new ContentWindow(0, 0, 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            sink.Accept(buffer.AsSpan(0, filled), origin, position);
            if (filled < WindowSize)
            {
                break;
            }

            var advance = filled - ContentWindow.Overlap;
            position = position.Advance(buffer.AsSpan(0, advance));
            buffer.AsSpan(advance, ContentWindow.Overlap).CopyTo(buffer);
            var kept = ContentWindow.Overlap;
            filled = Fill(readNext, ref buffer, kept, WindowSize, limit - position.Offset, cancellation);
            if (filled == kept)
            {
                break;
            }
        }

        ReportIfShorter(position.Offset + filled, limit == long.MaxValue ? null : limit, origin, sink);
    }

    private static int Fill(ReadNext readNext, ref byte[] buffer, int filled, int upTo, long limit, CancellationToken cancellation)
    {
        var target = (int)Math.Min(upTo, limit);
        while (filled < target)
        {
            if (filled == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min((long)buffer.Length * 4, target));
                buffer.AsSpan(0, filled).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            cancellation.ThrowIfCancellationRequested();
            var read = readNext(buffer.AsSpan(filled, Math.Min(buffer.Length, target) - filled));
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private static void ReportIfShorter(long read, long? expected, Origin origin, IContentSink sink)
    {
        if (read < expected)
        {
            sink.Skip(new Skipped(origin, $"became shorter while it was read: {read} of {expected} bytes were scanned"));
        }
    }
}
