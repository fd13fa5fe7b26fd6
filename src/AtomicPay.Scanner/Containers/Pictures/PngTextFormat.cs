using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace AtomicPay.Scanner.Containers.Pictures;

/// <summary>
/// The compressed texts of a PNG picture (PNG 11.3.3), those that are not compressed show in its bytes as they are; and the pictures within
/// it: the thumbnail of its EXIF chunk, and what stands behind its end.
/// </summary>
internal sealed class PngTextFormat : IContainerFormat
{
    private const int Signature = 8;
    private const int ChunkFrame = 12;
    private const int MostText = 64 << 20;

    public string Name => "png";

    public bool Recognises(ReadOnlySpan<byte> head)
    {
        var rest = head;
        if (rest.Length < Signature || rest[0] != 0x89 || !rest[1..].StartsWith("PNG\r\n\u001a\n"u8))
        {
            return false;
        }

        rest = rest[Signature..];
        while (TryReadChunk(ref rest, out var type, out _))
        {
            if (type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("eXIf"u8))
            {
                return true;
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return JpegFormat.IndexOfPicture(rest) >= 0;
            }
        }

        return false;
    }

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var rest = content[Signature..];
        while (!members.IsOver && TryReadChunk(ref rest, out var type, out var data))
        {
            var keyword = data[..Math.Max(0, data.IndexOf((byte)0))];
            if (type.SequenceEqual("zTXt"u8) && keyword.Length + 2 <= data.Length)
            {
                Inflate(data[(keyword.Length + 2)..], members);
            }
            else if (type.SequenceEqual("iTXt"u8) && keyword.Length + 3 <= data.Length && data[keyword.Length + 1] == 1)
            {
                // A language and a translated keyword come before the text.
                var text = data[(keyword.Length + 3)..];
                for (var skipped = 0; skipped < 2; skipped++)
                {
                    text = text[(text.IndexOf((byte)0) + 1)..];
                }

                Inflate(text, members);
            }
            else if ((type.SequenceEqual("eXIf"u8) || type.SequenceEqual("IEND"u8))
                && (type[0] == (byte)'I' ? rest : data) is var around && JpegFormat.IndexOfPicture(around) is >= 0 and var picture)
            {
                members.Add(type[0] == (byte)'I' ? "picture behind the end" : "thumbnail", around[picture..]);
                if (type[0] == (byte)'I')
                {
                    return;
                }
            }
            else if (type.SequenceEqual("tEXt"u8) && keyword.StartsWith("Raw profile type "u8))
            {
                HandOnProfile(data[keyword.Length..], members);
            }
        }
    }

    private static bool TryReadChunk(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        type = data = default;
        if (rest.Length < ChunkFrame)
        {
            return false;
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rest), rest.Length - 8);
        type = rest.Slice(4, 4);
        data = rest.Slice(8, length);
        rest = rest[Math.Min(rest.Length, length + ChunkFrame)..];
        return true;
    }

    private static unsafe void Inflate(ReadOnlySpan<byte> packed, Members members)
    {
        if (packed.IsEmpty)
        {
            return;
        }

        fixed (byte* start = packed)
        {
            using var stream = new UnmanagedMemoryStream(start, packed.Length);
            using var unpacked = new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
            members.Add("", unpacked);

            // What ImageMagick keeps of EXIF and the like is written in hexadecimal digits, wrapped, and then compressed.
            stream.Position = 0;
            using var again = new ZLibStream(stream, CompressionMode.Decompress);
            var text = new ArrayBufferWriter<byte>();
            try
            {
                while (text.WrittenCount < MostText && again.Read(text.GetSpan(16 * 1024)) is > 0 and var read)
                {
                    text.Advance(read);
                }
            }
            catch (InvalidDataException)
            {
                // Told of when it was handed on.
            }

            HandOnProfile(text.WrittenSpan, members);
        }
    }

    private static void HandOnProfile(ReadOnlySpan<byte> text, Members members)
    {
        // A line feed, the name, the length, and the digits.
        var lines = text.TrimStart("\0\n"u8);
        var name = lines.IndexOf((byte)'\n');
        var length = name < 0 ? -1 : lines[(name + 1)..].IndexOf((byte)'\n');
        if (length < 0)
        {
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        var high = -1;
        foreach (var c in lines[(name + length + 2)..])
        {
            if (c is (byte)'\n' or (byte)'\r' or (byte)' ')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit((char)c))
            {
                return;
            }

            var digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            if (high < 0)
            {
                high = digit;
            }
            else
            {
                bytes.Write([(byte)((high << 4) | digit)]);
                high = -1;
            }
        }

        members.AddAgain("", bytes.WrittenSpan);
    }
}
