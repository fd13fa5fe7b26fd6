using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Deflate64;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace AtomicPay.Scanner.Containers;

/// <summary>
/// zip and all that is one under another name: jar, apk, nupkg, whl, docx, xlsx, pptx, odt, epub. Read by hand, because the
/// libraries refuse an archive whose directory is damaged, and because member names are kept byte for byte.
/// </summary>
internal sealed class ZipFormat : IContainerFormat
{
    private const int EndRecord = 22;
    private const string CutOff = "is damaged or cut off; it was not unpacked";

    public string Name => "zip";

    /// <summary>Whether a content ends as a zip archive does: programs and scripts may carry one behind them.</summary>
    public static bool EndsAsZip(ReadOnlySpan<byte> content) =>
        content.Length > EndRecord && content[^EndRecord] == (byte)'P' && content[^EndRecord..].StartsWith(ZipDirectory.EndSignature);

    public bool Recognises(ReadOnlySpan<byte> head) =>
        head.StartsWith(ZipDirectory.LocalSignature)
        // A browser's extension: a zip archive behind a signature.
        || (head.StartsWith("Cr24"u8) && head.Length > 16 && head[5] == 0)
        || EndsAsZip(head);

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        if (ZipDirectory.ReadCentral(content) is not { } entries)
        {
            OpenByHeaders(content, members);
            members.Skip("its directory is damaged or cut off; the members before the damage were found by their own headers and scanned");
            return;
        }

        foreach (var entry in entries)
        {
            if (members.IsOver)
            {
                return;
            }

            if (entry.IsFolder)
            {
                continue;
            }

            // The lengths of the directory count: those in front of the member may have been left to follow it.
            if (ZipDirectory.ReadLocal(content, entry.HeaderOffset, out var data) is null || entry.PackedLength < 0)
            {
                members.Skip(entry.Path, CutOff);
                continue;
            }

            Unpack(entry, content.Slice(data, (int)Math.Min(entry.PackedLength ?? 0, content.Length - data)), members);
        }
    }

    private static void OpenByHeaders(ReadOnlySpan<byte> content, Members members)
    {
        var position = 0;
        while (!members.IsOver)
        {
            var next = content[position..].IndexOf(ZipDirectory.LocalSignature);
            if (next < 0)
            {
                return;
            }

            position += next;
            if (ZipDirectory.ReadLocal(content, position, out var data) is not { } entry)
            {
                position += ZipDirectory.LocalSignature.Length;
                continue;
            }

            // Without a length the member ends somewhere before the next header; deflate knows its own end.
            var rest = content[data..];
            var length = entry.PackedLength ?? (rest.IndexOf(ZipDirectory.LocalSignature) is var found && found >= 0 ? found : rest.Length);
            if (!entry.IsFolder)
            {
                Unpack(entry, rest[..(int)Math.Clamp(length, 0, rest.Length)], members);
            }

            position = data + (length >= 0 && length <= rest.Length ? (int)length : 0);
        }
    }

    private static unsafe void Unpack(ZipEntry entry, ReadOnlySpan<byte> data, Members members)
    {
        if (entry.IsEncrypted)
        {
            members.Skip(entry.Path, "is encrypted");
            return;
        }

        // An empty span has no address that a stream could be made of.
        if (data.IsEmpty)
        {
            members.Add(entry.Path, Stream.Null, entry.Length);
            return;
        }

        fixed (byte* start = data)
        {
            using var packed = new UnmanagedMemoryStream(start, data.Length);
            using var unpacked = UnpackerOf(entry, packed);
            if (unpacked is null)
            {
                members.Skip(entry.Path, $"is compressed by a method that is not known, number {entry.Method}");
                return;
            }

            members.Add(entry.Path, unpacked, entry.Length);
        }
    }

    private static Stream? UnpackerOf(ZipEntry entry, Stream packed)
    {
        switch (entry.Method)
        {
            case 0:
                return packed;
            case 8:
                return new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true);
            case 9:
                return new Deflate64Stream(packed, SharpCompress.Compressors.CompressionMode.Decompress);
            case 12:
                return BZip2Stream.Create(packed, SharpCompress.Compressors.CompressionMode.Decompress, false, false, true);
            case 14:
                return LzmaOf(entry, packed);
            case 93:
                return ZstandardFormat.Unpack(packed);
            case 95:
                return new XZStream(packed);
            default:
                return null;
        }
    }

    // The data begins with two bytes of version, two of length and the five properties of LZMA (APPNOTE 5.8.8).
    private static LzmaStream LzmaOf(ZipEntry entry, Stream packed)
    {
        Span<byte> head = stackalloc byte[9];
        packed.ReadExactly(head);
        return LzmaStream.Create(head[4..].ToArray(), packed, packed.Length - head.Length, entry.Length ?? -1, leaveOpen: true);
    }
}
