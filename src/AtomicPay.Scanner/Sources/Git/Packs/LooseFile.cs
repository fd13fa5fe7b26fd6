using System.Buffers.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>A loose object: a file that is one zlib stream of "kind size", a zero byte, and the content.</summary>
internal sealed class LooseFile(BufferPool pool)
{
    public const string Damaged = "its file is damaged";

    // "commit ", 19 digits and the zero byte are 27.
    private const int LongestHead = 32;

    private readonly Inflater _inflater = new();
    private readonly byte[] _head = new byte[LongestHead + Inflater.TargetSlack];

    public GitObjectKind Kind { get; private set; }

    /// <summary>Bytes of the content, by the file's own word.</summary>
    public long Size { get; private set; }

    /// <summary>Bytes before the content.</summary>
    public int HeadLength { get; private set; }

    /// <summary>Reads kind and size from the beginning of a file's bytes, which have <see cref="Inflater.SourceSlack"/> bytes behind them.</summary>
    public bool TryReadHead(byte[] file, int length)
    {
        // The beginning of a file may end within the stream; what was made until there is right, and is enough.
        _inflater.Inflate(file, length, _head, LongestHead);
        var text = _head.AsSpan(0, _inflater.Produced);
        var end = text.IndexOf((byte)0);
        var space = text.IndexOf((byte)' ');
        if (space < 0 || end < space)
        {
            return false;
        }

        GitObjectKind? kind = (ReadOnlySpan<byte>)text[..space] switch
        {
            var name when name.SequenceEqual("blob"u8) => GitObjectKind.Blob,
            var name when name.SequenceEqual("tree"u8) => GitObjectKind.Tree,
            var name when name.SequenceEqual("commit"u8) => GitObjectKind.Commit,
            var name when name.SequenceEqual("tag"u8) => GitObjectKind.Tag,
            _ => null,
        };
        var digits = text[(space + 1)..end];
        if (kind is null || !Utf8Parser.TryParse(digits, out long size, out var used) || used != digits.Length || size < 0)
        {
            return false;
        }

        (Kind, Size, HeadLength) = (kind.Value, size, end + 1);
        return true;
    }

    /// <summary>Null when the file does not hold what its head says. The content begins at <see cref="HeadLength"/>.</summary>
    public byte[]? TryInflate(byte[] file, int length)
    {
        var total = HeadLength + Size;
        if (total / Inflater.HighestRatio > length)
        {
            return null;
        }

        var buffer = pool.Rent(total);
        if (_inflater.Inflate(file, length, buffer, (int)total) == InflateStatus.Done)
        {
            return buffer;
        }

        pool.Return(buffer);
        return null;
    }
}
