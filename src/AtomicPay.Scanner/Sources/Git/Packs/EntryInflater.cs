using System.IO.Compression;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Inflates what lies in a pack: whole into an array, or in windows.</summary>
internal sealed unsafe class EntryInflater(BufferPool pool)
{
    public const string Damaged = "its data in the pack is damaged";

    private readonly Inflater _inflater = new();

    /// <summary>
    /// Null, with the reason, when the data is not exactly <paramref name="size"/> bytes, deflated. Nothing is allocated for
    /// a size that so little data cannot have.
    /// </summary>
    public byte[]? TryInflate(byte* data, byte* end, byte* mappedEnd, long size, out string reason)
    {
        reason = Damaged;
        var available = end - data;
        if (size / Inflater.HighestRatio > available)
        {
            return null;
        }

        // No deflater makes data much longer than what went in; what lies behind is then no part of this entry.
        available = Math.Min(available, (2 * size) + (64 * 1024));
        var buffer = pool.Rent(size);
        InflateStatus status;
        fixed (byte* target = buffer)
        {
            status = mappedEnd - data - available >= Inflater.SourceSlack
                ? _inflater.Inflate(data, available, target, (int)size)
                : InflateAtEnd(data, available, target, (int)size);
        }

        if (status == InflateStatus.Done)
        {
            return buffer;
        }

        pool.Return(buffer);
        return null;
    }

    /// <summary>Streams data into windows; false when it is not what the header says.</summary>
    public static bool TryStream(byte* data, byte* end, in ObjectHeader header, WindowFeed feed)
    {
        using var source = new UnmanagedMemoryStream(data, end - data);
        return TryStream(source, header, 0, feed);
    }

    /// <summary>As above; <paramref name="before"/> bytes of the stream stand before the object.</summary>
    public static bool TryStream(Stream source, in ObjectHeader header, int before, WindowFeed feed)
    {
        try
        {
            using var inflating = new ZLibStream(source, CompressionMode.Decompress);
            inflating.ReadExactly(new byte[before]);
            feed.Start();
            long made = 0;
            while (made < header.Size)
            {
                var room = feed.Room;
                var count = inflating.Read(room[..(int)Math.Min(room.Length, header.Size - made)]);
                if (count == 0)
                {
                    return false;
                }

                made += count;
                feed.Advance(header, count);
            }

            feed.Finish(header);
            return inflating.ReadByte() < 0;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <summary>The last entries of a pack have too few bytes behind them to read ahead, so they are copied.</summary>
    private InflateStatus InflateAtEnd(byte* data, long length, byte* target, int size)
    {
        var copy = pool.Rent(length);
        new ReadOnlySpan<byte>(data, (int)length).CopyTo(copy);
        fixed (byte* source = copy)
        {
            var status = _inflater.Inflate(source, length, target, size);
            pool.Return(copy);
            return status;
        }
    }
}
