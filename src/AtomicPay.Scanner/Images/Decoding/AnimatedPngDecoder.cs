using System.Buffers.Binary;

namespace AtomicPay.Scanner.Images.Decoding;

/// <summary>
/// Decodes the frames of an animated PNG (PNG third edition, 11.3.6), of which Skia shows the first only: every frame is made a file
/// of its own, decoded, and laid on what the frames before it left.
/// </summary>
internal static class AnimatedPngDecoder
{
    private const int FrameControlLength = 26;
    private const int SequenceNumber = 4;
    private const byte DisposeToBackground = 1;
    private const byte DisposeToPrevious = 2;
    private const byte BlendOver = 1;

    /// <summary>Whether a PNG is animated: it says so before its first picture.</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> png)
    {
        var rest = png[PngChunk.SignatureLength..];
        while (PngChunk.TryTake(ref rest, out var chunk) && !chunk.Type.SequenceEqual("IDAT"u8))
        {
            if (chunk.Type.SequenceEqual("acTL"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hands on the frames, each as it is shown; answers as <see cref="PictureDecoder.Decode"/> does.</summary>
    public static string? Decode(ReadOnlySpan<byte> png, Func<GrayPicture, int, bool> accept)
    {
        // What stands before the first picture holds for all: the header, palette and colours.
        List<byte> head = [.. png[..PngChunk.SignatureLength]];
        var rest = png[PngChunk.SignatureLength..];
        if (!PngChunk.TryTake(ref rest, out var header) || header.Data.Length < 13)
        {
            return SkiaDecoder.Damaged;
        }

        var canvas = new Canvas(BinaryPrimitives.ReadInt32BigEndian(header.Data), BinaryPrimitives.ReadInt32BigEndian(header.Data[4..]), accept);
        if (PictureLimits.Refuse(canvas.Width, canvas.Height) is { } refused)
        {
            return refused;
        }

        canvas.Allocate();
        var headerLength = 0;
        List<byte> data = [];
        var control = new byte[FrameControlLength];
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(4), canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(8), canvas.Height);
        header.WriteTo(head);
        headerLength = head.Count;
        while (PngChunk.TryTake(ref rest, out var chunk))
        {
            if (chunk.Type.SequenceEqual("fcTL"u8) || chunk.Type.SequenceEqual("IEND"u8))
            {
                if (data.Count > 0 && !canvas.Lay(FileOf(head, headerLength, header.Data, control, data), control))
                {
                    return canvas.Outcome;
                }

                data.Clear();
                if (chunk.Type[0] == (byte)'I')
                {
                    return null;
                }

                if (chunk.Data.Length < FrameControlLength)
                {
                    break;
                }

                chunk.Data[..FrameControlLength].CopyTo(control);
            }
            else if (chunk.Type.SequenceEqual("IDAT"u8))
            {
                data.AddRange(chunk.Data);
            }
            else if (chunk.Type.SequenceEqual("fdAT"u8) && chunk.Data.Length >= SequenceNumber)
            {
                data.AddRange(chunk.Data[SequenceNumber..]);
            }
            else if (data.Count == 0 && canvas.Frames == 0 && !chunk.Type.SequenceEqual("acTL"u8))
            {
                chunk.WriteTo(head);
            }
        }

        if (data.Count > 0 && !canvas.Lay(FileOf(head, headerLength, header.Data, control, data), control))
        {
            return canvas.Outcome;
        }

        return canvas.Frames == 0 ? SkiaDecoder.Damaged : $"the picture is cut off or damaged after {canvas.Frames} frames: nothing after them was read";
    }

    private static byte[] FileOf(List<byte> head, int headerLength, ReadOnlySpan<byte> header, ReadOnlySpan<byte> control, List<byte> data)
    {
        var file = new List<byte>(head.Count + data.Count + 64);
        file.AddRange(head[..PngChunk.SignatureLength]);
        byte[] ownHeader = [.. control.Slice(4, 8), .. header[8..]];
        new PngChunk("IHDR"u8, ownHeader).WriteTo(file);
        file.AddRange(head[headerLength..]);
        new PngChunk("IDAT"u8, data.ToArray()).WriteTo(file);
        new PngChunk("IEND"u8, []).WriteTo(file);
        return [.. file];
    }

    /// <summary>What is shown, frame after frame.</summary>
    private sealed class Canvas(int width, int height, Func<GrayPicture, int, bool> accept)
    {
        private uint[] _pixels = [];

        public int Width => width;

        public int Height => height;

        public int Frames { get; private set; }

        /// <summary>Why the last frame was not laid; null when it was and no more are wanted.</summary>
        public string? Outcome { get; private set; }

        public void Allocate() => _pixels = new uint[width * height];

        /// <summary>Lays a frame on the canvas and hands on what is to be seen; false to end.</summary>
        public bool Lay(byte[] file, ReadOnlySpan<byte> control)
        {
            var (frameWidth, frameHeight) = (BinaryPrimitives.ReadInt32BigEndian(control[4..]), BinaryPrimitives.ReadInt32BigEndian(control[8..]));
            var (left, top) = (BinaryPrimitives.ReadInt32BigEndian(control[12..]), BinaryPrimitives.ReadInt32BigEndian(control[16..]));
            var (dispose, blend) = (control[24], control[25]);
            var fits = left >= 0 && top >= 0 && frameWidth > 0 && frameHeight > 0 && frameWidth <= width - left && frameHeight <= height - top;
            if (!fits || SkiaDecoder.DecodeStill(file, frameWidth, frameHeight) is not { } frame)
            {
                Outcome = Frames == 0 ? SkiaDecoder.Damaged : $"the picture is damaged: only its first {Frames} frames were read";
                return false;
            }

            var before = dispose == DisposeToPrevious ? (uint[])_pixels.Clone() : null;
            for (var y = 0; y < frameHeight; y++)
            {
                var row = _pixels.AsSpan(((top + y) * width) + left, frameWidth);
                var own = frame.AsSpan(y * frameWidth, frameWidth);
                for (var x = 0; x < own.Length; x++)
                {
                    row[x] = blend == BlendOver ? Over(own[x], row[x]) : own[x];
                }
            }

            var goesOn = true;
            foreach (var composite in AlphaCompositing.Flatten(_pixels, width, height, !_pixels.AsSpan().ContainsAnyInRange(0u, 0xFEFFFFFFu)))
            {
                goesOn = goesOn && accept(composite, Frames);
            }

            Frames++;
            for (var y = 0; dispose == DisposeToBackground && y < frameHeight; y++)
            {
                _pixels.AsSpan(((top + y) * width) + left, frameWidth).Clear();
            }

            _pixels = before ?? _pixels;
            return goesOn;
        }

        // Colours are not premultiplied; what is half seen through is rare, and its colour near enough.
        private static uint Over(uint own, uint below)
        {
            var alpha = own >> 24;
            if (alpha is 0 or 255 || below >> 24 == 0)
            {
                return alpha == 0 ? below : own;
            }

            var mixed = Math.Max(alpha, below >> 24) << 24;
            for (var shift = 0; shift < 24; shift += 8)
            {
                mixed |= ((((own >> shift) & 255) * alpha) + (((below >> shift) & 255) * (255 - alpha))) / 255 << shift;
            }

            return mixed;
        }
    }
}
