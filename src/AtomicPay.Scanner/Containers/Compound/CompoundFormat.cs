using System.Buffers.Binary;

namespace AtomicPay.Scanner.Containers.Compound;

/// <summary>The documents of Office before 2007, messages of Outlook, installers: streams in sectors, macros and pictures in the streams.</summary>
internal sealed class CompoundFormat : IContainerFormat
{
    private const int ShortestFile = 1024;

    public string Name => "ole";

    private static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public bool Recognises(ReadOnlySpan<byte> head) => head.Length >= ShortestFile && head.StartsWith(Signature);

    public void Open(ReadOnlySpan<byte> content, Members members)
    {
        var file = new CompoundFile(content);
        foreach (var (path, entry) in file.Streams())
        {
            if (members.IsOver)
            {
                return;
            }

            var (bytes, length) = file.Read(entry);
            if (IsEncrypted(path, bytes))
            {
                members.Skip(path, "is encrypted");
                continue;
            }

            members.Add(path, bytes, length);
            HandOnInner(path, bytes, members);
        }
    }

    private static void HandOnInner(string path, ReadOnlySpan<byte> stream, Members members)
    {
        if (VbaSource.Decompress(stream) is { Length: > 0 } source)
        {
            members.AddAgain(path, source);
        }

        var file = path.EndsWith("\u0001Ole10Native", StringComparison.Ordinal) ? PackagedFile(stream) : [];
        if (!file.IsEmpty)
        {
            members.AddAgain(path, file);
        }

        for (var at = 0; !members.IsOver && EmbeddedPicture.Find(stream, ref at, out var picture);)
        {
            members.AddAgain(path, picture);
        }
    }

    private static bool IsEncrypted(string path, ReadOnlySpan<byte> stream) => path switch
    {
        "EncryptedPackage" => true,
        // A bit of the first record, and a record behind the first one.
        "WordDocument" => stream.Length > 12 && (stream[11] & 1) != 0,
        "Workbook" or "Book" => stream.Length > 8 && BinaryPrimitives.ReadUInt16LittleEndian(stream[2..]) is var first
            && stream.Length > first + 6 && BinaryPrimitives.ReadUInt16LittleEndian(stream[(4 + first)..]) == 0x2F,
        _ => false,
    };

    /// <summary>The file in a package: behind its label, its names and its length.</summary>
    private static ReadOnlySpan<byte> PackagedFile(ReadOnlySpan<byte> stream)
    {
        var rest = stream.Length > 6 ? stream[6..] : [];
        for (var names = 0; names < 2; names++)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        if (rest.Length < 8)
        {
            return [];
        }

        var path = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
        if (path > rest.Length - 12)
        {
            return [];
        }

        rest = rest[(int)(8 + path)..];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        return rest.Slice(4, (int)Math.Min(length, rest.Length - 4));
    }
}
