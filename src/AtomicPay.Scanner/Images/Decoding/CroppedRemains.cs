using System.Buffers.Binary;
using System.IO.Compression;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>
/// Recovers what is left of a screenshot behind the end of the smaller one that was written over it, as the editors of some phones and of
/// Windows did ("aCropalypse", CVE-2023-21036, CVE-2023-28303; after the description by D. Buchanan and S. Aarons). The old pixels are one
/// compressed stream whose beginning is lost: it is taken up at the first block that can be read to the end, and cut into rows at the
/// width at which every row begins with a filter's number.
/// </summary>
internal static class CroppedRemains
{
    private const int FewBytes = 512;

    // Bits. A block of the stream is some tens of kilobytes long; further on there would be too little left.
    private const int MostTried = 4 << 20;
    private const int LastFilter = 4;
    private const int FewestRows = 12;
    private const int GreatestWidth = 8_000;

    /// <summary>The lower part of the old picture; null when there is none.</summary>
    public static GrayPicture? In(ReadOnlySpan<byte> png)
    {
        var rest = png[PngChunk.SignatureLength..];
        var (width, channels) = (0, 0);
        while (PngChunk.TryTake(ref rest, out var chunk))
        {
            if (chunk.Type.SequenceEqual("IHDR"u8) && chunk.Data.Length >= 13 && chunk.Data[8] == 8)
            {
                width = BinaryPrimitives.ReadInt32BigEndian(chunk.Data);
                channels = chunk.Data[9] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
            }
            else if (chunk.Type.SequenceEqual("IEND"u8))
            {
                // A whole picture is none that was cropped, and is read as what it is.
                var isPicture = PictureSignature.Of(rest) != PictureFormat.None;
                return isPicture || rest.Length < FewBytes || channels == 0 || width is <= 0 or > GreatestWidth ? null : Recover(rest, width, channels);
            }
        }

        return null;
    }

    private static GrayPicture? Recover(ReadOnlySpan<byte> rest, int width, int channels)
    {
        var packed = Packed(rest);
        if (packed.Length < FewBytes || Unpacked(packed) is not { } rows)
        {
            return null;
        }

        for (; width <= GreatestWidth; width++)
        {
            var stride = (width * channels) + 1;
            if (rows.Length / stride < FewestRows)
            {
                return null;
            }

            if (AreRows(rows, stride))
            {
                return Picture(rows, width, channels, stride);
            }
        }

        return null;
    }

    // The compressed bytes of the chunks: the end of one, and the whole ones after it; without the checksum of the stream.
    private static byte[] Packed(ReadOnlySpan<byte> rest)
    {
        const int frame = 12;
        var end = rest.LastIndexOf("IEND"u8) - 4;
        var next = rest.IndexOf("IDAT"u8) - 4;
        if (end < frame)
        {
            return [];
        }

        if (next < 0 || next > end)
        {
            return rest[..(end - 4 - 4)].ToArray();
        }

        var packed = new List<byte>();
        packed.AddRange(rest[..Math.Max(0, next - 4)]);
        rest = rest[next..];
        while (PngChunk.TryTake(ref rest, out var chunk) && chunk.Type.SequenceEqual("IDAT"u8))
        {
            packed.AddRange(chunk.Data);
        }

        return packed.Count < 4 ? [] : [.. packed[..^4]];
    }

    private static byte[]? Unpacked(byte[] packed)
    {
        var most = Math.Min(MostTried, (packed.Length - FewBytes) * 8);
        for (var bit = 0; bit < most; bit++)
        {
            if (BeginsBlock(packed, bit) && TryInflate(packed, bit) is { } rows)
            {
                return rows;
            }
        }

        return null;
    }

    // A block with codes of its own (RFC 1951, 3.2.7) whose code lengths make a complete code: one in thousands of places.
    private static bool BeginsBlock(byte[] packed, int bit)
    {
        const int dynamicCodes = 2;
        const int completeCode = 128;
        if (Bits(packed, bit + 1, 2) != dynamicCodes || Bits(packed, bit + 3, 5) > 29 || Bits(packed, bit + 8, 5) > 29)
        {
            return false;
        }

        var sum = 0;
        for (var (i, count) = (0, Bits(packed, bit + 13, 4) + 4); i < count; i++)
        {
            var length = Bits(packed, bit + 17 + (3 * i), 3);
            sum += length == 0 ? 0 : completeCode >> length;
        }

        return sum == completeCode;
    }

    private static int Bits(byte[] packed, int bit, int count)
    {
        var at = bit >> 3;
        var word = packed[at] | (packed[at + 1] << 8);
        return (word >> (bit & 7)) & ((1 << count) - 1);
    }

    // What lies further back than the block is not known any more; a block of zeros, stored as it is, stands for it.
    private static byte[]? TryInflate(byte[] packed, int bit)
    {
        const int window = 32 * 1024;
        byte[] before = [0, window & 255, window >> 8, 255 - (window & 255), 255 - (window >> 8), .. new byte[window]];
        using var stream = new ShiftedStream(before, packed, bit);
        using var inflate = new DeflateStream(stream, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        try
        {
            inflate.CopyTo(rows);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return rows.Length <= window + FewBytes || rows.Length > PictureLimits.FramePixels * 4 ? null : rows.GetBuffer()[window..(int)rows.Length];
    }

    // From the end, where a row ends.
    private static bool AreRows(byte[] rows, int stride)
    {
        var seen = 0;
        for (var at = rows.Length - stride; at >= 0; at -= stride)
        {
            if (rows[at] > LastFilter)
            {
                return false;
            }

            seen |= 1 << rows[at];
        }

        // Rows of which none is filtered may be anything that is black.
        return seen > 1;
    }

    private static GrayPicture Picture(byte[] bytes, int width, int channels, int stride)
    {
        var height = bytes.Length / stride;
        var start = bytes.Length - (height * stride);
        var pixels = new byte[width * height];
        var above = new byte[stride - 1];
        for (var y = 0; y < height; y++)
        {
            var row = bytes.AsSpan(start + (y * stride) + 1, stride - 1);
            Unfilter(bytes[start + (y * stride)], row, above, channels);
            for (var x = 0; x < width; x++)
            {
                var pixel = row.Slice(x * channels, channels);
                pixels[(y * width) + x] = channels < 3 ? pixel[0] : (byte)(((pixel[0] * 77) + (pixel[1] * 150) + (pixel[2] * 29)) >> 8);
            }

            row.CopyTo(above);
        }

        return new GrayPicture(pixels, width, height);
    }

    // PNG 9.2.
    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < channels ? (0, 0) : (row[i - channels], (int)above[i - channels]);
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Nearest(left, above[i], corner),
                _ => 0,
            });
        }
    }

    private static int Nearest(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - corner - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /// <summary>Bytes, and after them others that begin in the middle of one.</summary>
    private sealed class ShiftedStream(byte[] before, byte[] bytes, int bit) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = 0;
            for (; read < buffer.Length; read++, _at++)
            {
                if (_at < before.Length)
                {
                    buffer[read] = before[_at];
                    continue;
                }

                var at = (bit >> 3) + _at - before.Length;
                if (at >= bytes.Length)
                {
                    break;
                }

                buffer[read] = (byte)((bytes[at] | ((at + 1 < bytes.Length ? bytes[at + 1] : 0) << 8)) >> (bit & 7));
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
