using System.Buffers.Binary;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>
/// One table of refs and their logs, as git's <c>technical/reftable</c> describes it. It is read from front to back: indexes
/// and the map from objects to refs, which lie between the two, only save time to those who look for one ref.
/// </summary>
internal sealed class Reftable
{
    // Names share what they begin with, so that a hostile table could make much of little.
    private const int MostNameBytes = 256 << 20;

    private readonly int _hashSize;
    private int _nameBytes;

    private Reftable(int hashSize) => _hashSize = hashSize;

    /// <summary>Takes what follows a record's key, and uses it up.</summary>
    private delegate void ReadValue(byte[] key, int type, ref ReadOnlySpan<byte> rest);

    /// <summary>Sorted by name; null for a ref that earlier tables have and this one deletes.</summary>
    public List<(string Name, RefValue? Value)> Refs { get; } = [];

    /// <summary>Sorted by name, newest first; null for an entry that earlier tables have and this one deletes.</summary>
    public List<(string Name, ulong Index, LogEntry? Entry)> Log { get; } = [];

    /// <exception cref="InvalidDataException">It is damaged, or of a version that is not known.</exception>
    public static Reftable Parse(byte[] file)
    {
        try
        {
            var bytes = file.AsSpan();
            var version = bytes.StartsWith("REFT"u8) ? bytes[4] : (byte)0;
            if (version is not (1 or 2))
            {
                throw new InvalidDataException("it is no table of refs of a version that is known");
            }

            var header = version == 1 ? 24 : 28;
            var table = new Reftable(version == 2 && bytes[24..28].SequenceEqual("s256"u8) ? ObjectFormat.Sha256Bytes : ObjectFormat.Sha1Bytes);
            var end = file.Length - header - (5 * sizeof(long)) - sizeof(uint);
            table.ReadRefs(bytes[..end], header);
            table.ReadLog(bytes[..end], header, checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[(end + header + (3 * sizeof(long)))..])));
            return table;
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("it is damaged", e);
        }
    }

    private void ReadRefs(ReadOnlySpan<byte> file, int header)
    {
        var blockSize = Read24(file[5..]);
        // The header counts as a part of the first block.
        for (var (at, head) = (0, header); at + head < file.Length && file[at + head] == 'r'; head = 0)
        {
            var length = Read24(file[(at + head + 1)..]);
            ReadRecords(file[(at + head + 4)..(at + length)], AddRef);
            var isPadded = length < blockSize && (at + length >= file.Length || file[at + length] == 0);
            at += isPadded ? blockSize : length;
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 4 + head);
        }
    }

    private void ReadLog(ReadOnlySpan<byte> file, int header, int position)
    {
        var inflater = new Inflater();
        for (var (at, head) = (position, position == 0 ? header : 0); at + head < file.Length && file[at + head] == 'g'; head = 0)
        {
            var size = Read24(file[(at + head + 1)..]) - 4 - head;
            var source = file[(at + head + 4)..];
            // Nothing deflates to much more than it was; what lies behind are other blocks.
            source = source[..Math.Min(source.Length, (2 * size) + 1024)];
            var (from, to) = (new byte[source.Length + Inflater.SourceSlack], new byte[size + Inflater.TargetSlack]);
            source.CopyTo(from);
            if (inflater.Inflate(from, source.Length, to, size) != InflateStatus.Done)
            {
                throw new InvalidDataException("its log is damaged");
            }

            ReadRecords(to.AsSpan(0, size), AddLog);
            at += head + 4 + (int)inflater.Consumed;
        }
    }

    private void AddRef(byte[] key, int type, ref ReadOnlySpan<byte> rest)
    {
        ReadNumber(ref rest);
        RefValue? value = type switch
        {
            0 => null,
            1 => new RefValue(ReadId(ref rest), null),
            2 => new RefValue(ReadId(ref rest), null),
            3 => new RefValue(null, PathText.Decode(ReadText(ref rest))),
            _ => throw new InvalidDataException($"it holds a kind of ref that is not known, {type}"),
        };
        if (type == 2)
        {
            // What the tag leads to.
            ReadId(ref rest);
        }

        Refs.Add((PathText.Decode(key), value));
    }

    private void AddLog(byte[] key, int type, ref ReadOnlySpan<byte> rest)
    {
        const int IndexSize = sizeof(ulong) + 1;
        var name = PathText.Decode(key.AsSpan(0, key.Length - IndexSize));
        var index = ~BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(key.Length - sizeof(ulong)));
        LogEntry? entry = null;
        if (type == 1)
        {
            var (before, after) = (ReadId(ref rest), ReadId(ref rest));
            var person = $"{PathText.Decode(ReadText(ref rest))} <{PathText.Decode(ReadText(ref rest))}>";
            ReadNumber(ref rest);
            rest = rest[sizeof(short)..];
            entry = new LogEntry(before, after, person, PathText.Decode(ReadText(ref rest)));
        }

        Log.Add((name, index, entry));
    }

    /// <summary>Reads the records of a block. Its end lists those that share nothing with the one before, for those who search.</summary>
    private void ReadRecords(ReadOnlySpan<byte> block, ReadValue readValue)
    {
        var restarts = BinaryPrimitives.ReadUInt16BigEndian(block[^2..]);
        var rest = block[..^(2 + (3 * restarts))];
        byte[] key = [];
        while (!rest.IsEmpty)
        {
            var shared = ReadNumber(ref rest);
            var (own, type) = Math.DivRem(ReadNumber(ref rest), 8);
            key = [.. key.AsSpan(0, shared), .. rest[..own]];
            rest = rest[own..];
            _nameBytes = checked(_nameBytes + key.Length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(_nameBytes, MostNameBytes);
            readValue(key, type, ref rest);
        }
    }

    private ObjectId ReadId(ref ReadOnlySpan<byte> rest)
    {
        var id = new ObjectId(rest[.._hashSize]);
        rest = rest[_hashSize..];
        return id;
    }

    private static ReadOnlySpan<byte> ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadNumber(ref rest);
        var text = rest[..length];
        rest = rest[length..];
        return text;
    }

    /// <summary>The variable-width number of pack offsets. None that is needed here is larger than a time.</summary>
    private static int ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var at = 0;
        long value = rest[0] & 0x7F;
        while ((rest[at++] & 0x80) != 0)
        {
            value = checked(((value + 1) << 7) | (rest[at] & 0x7Fu));
        }

        rest = rest[at..];
        // A time after 2038 is not asked for again.
        return (int)Math.Min(value, int.MaxValue);
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
