using System.Buffers.Binary;
using System.Collections.Immutable;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images.Keys;

namespace AtomicPay.Scanner.Images.Isolation;

/// <summary>What goes through the pipes between the scan and a process that reads pictures: lengths and bytes.</summary>
internal static class PictureMessage
{
    // Bytes: no answer comes near it; what claims more is no answer.
    private const int LongestAnswer = 64 << 20;

    /// <summary>Writes the bytes of a picture, with their number before them.</summary>
    public static void WritePicture(Stream stream, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        stream.Write(length);
        stream.Write(content);
        stream.Flush();
    }

    /// <summary>The bytes of the next picture; null at the end of the stream, be it in the middle of one.</summary>
    public static byte[]? ReadPicture(Stream stream) => ReadFrame(stream, int.MaxValue);

    /// <summary>Writes what a picture told.</summary>
    public static void WriteReading(Stream stream, PictureReading reading)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(reading.Incomplete ?? "");
        writer.Write(reading.Keys.Length);
        foreach (var key in reading.Keys)
        {
            writer.Write(key.Frame);
            writer.Write(key.Region.X);
            writer.Write(key.Region.Y);
            writer.Write(key.Region.Width);
            writer.Write(key.Region.Height);
            writer.Write(key.Region.Candidates);
            writer.Write(key.Readings.Length);
            foreach (var one in key.Readings)
            {
                writer.Write(one.Text);
                writer.Write(one.Probability);
            }
        }

        WritePicture(stream, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>What a picture told; null when the other side ended before it had said so.</summary>
    public static PictureReading? ReadReading(Stream stream)
    {
        if (ReadFrame(stream, LongestAnswer) is not { } frame)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(frame));
        var incomplete = reader.ReadString();
        var keys = ImmutableArray.CreateBuilder<KeyReading>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var frameNumber = reader.ReadInt32();
            var region = new PictureRegion(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            var readings = ImmutableArray.CreateBuilder<RankedReading>();
            for (var texts = reader.ReadInt32(); texts > 0; texts--)
            {
                readings.Add(new RankedReading(reader.ReadString(), reader.ReadDouble()));
            }

            keys.Add(new KeyReading(readings.ToImmutable(), region, frameNumber));
        }

        return new PictureReading(keys.ToImmutable(), incomplete.Length == 0 ? null : incomplete);
    }

    private static byte[]? ReadFrame(Stream stream, int longest)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (count < 0 || count > longest)
        {
            return null;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(count);
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count ? null : bytes;
    }
}
