using System.Buffers.Binary;
using System.Security.Cryptography;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Remembered;

/// <summary>
/// A memory as a file: which pack and index it is of, by their checksums and lengths, and under which settings; counts,
/// objects, pictures; and at the end the SHA-256 of all that, by which damage is told.
/// </summary>
internal static class PackMemoryFormat
{
    private const int DigestBytes = SHA256.HashSizeInBytes;

    public static byte[] Write(PackMemory memory, PackFile pack, ReadOnlySpan<byte> settings)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Head(pack, settings));
        writer.Write(memory.Clean.Files);
        writer.Write(memory.Clean.Objects);
        writer.Write(memory.Clean.Bytes);
        writer.Write(memory.Notable.Count);
        writer.Write(memory.Pictures.Count);
        foreach (var id in memory.Notable)
        {
            writer.Write(id.ToArray());
        }

        foreach (var picture in memory.Pictures)
        {
            writer.Write(Convert.FromHexString(picture));
        }

        writer.Flush();
        writer.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        writer.Flush();
        return file.ToArray();
    }

    /// <summary>Null when the bytes are damaged, of another pack or of other settings, or name an object that the pack lacks.</summary>
    public static PackMemory? Read(ReadOnlySpan<byte> bytes, PackFile pack, ReadOnlySpan<byte> settings)
    {
        const int CountBytes = (3 * sizeof(long)) + (2 * sizeof(int));
        var head = Head(pack, settings);
        if (bytes.Length < head.Length + CountBytes + DigestBytes
            || !bytes.StartsWith(head)
            || !SHA256.HashData(bytes[..^DigestBytes]).AsSpan().SequenceEqual(bytes[^DigestBytes..]))
        {
            return null;
        }

        var rest = bytes[head.Length..^DigestBytes];
        var tally = new ContentTally(ReadInt64(rest), ReadInt64(rest[8..]), ReadInt64(rest[16..]));
        var (notable, pictures) = (ReadInt32(rest[24..]), ReadInt32(rest[28..]));
        rest = rest[CountBytes..];
        if (notable < 0 || pictures < 0 || rest.Length != ((long)notable * pack.HashSize) + ((long)pictures * DigestBytes))
        {
            return null;
        }

        var ids = new ObjectId[notable];
        for (var i = 0; i < notable; i++, rest = rest[pack.HashSize..])
        {
            var name = rest[..pack.HashSize];
            if (pack.Index.Find(name) < 0)
            {
                return null;
            }

            ids[i] = new ObjectId(name);
        }

        var digests = new string[pictures];
        for (var i = 0; i < pictures; i++, rest = rest[DigestBytes..])
        {
            digests[i] = Convert.ToHexStringLower(rest[..DigestBytes]);
        }

        return new PackMemory(ids, tally, digests);
    }

    private static byte[] Head(PackFile pack, ReadOnlySpan<byte> settings)
    {
        Span<byte> lengths = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(lengths, pack.Length);
        BinaryPrimitives.WriteInt64LittleEndian(lengths[sizeof(long)..], pack.Index.Length);
        return [.. "APSCPK01"u8, .. settings, .. pack.Index.PackChecksum, .. pack.Index.Checksum, .. lengths];
    }

    private static long ReadInt64(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt64LittleEndian(from);

    private static int ReadInt32(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt32LittleEndian(from);
}
