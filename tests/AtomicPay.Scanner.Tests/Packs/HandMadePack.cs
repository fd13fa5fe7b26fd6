using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>A pack made by hand, entry by entry, with an index that may say anything.</summary>
internal sealed class HandMadePack
{
    private readonly List<byte> _entries = [];
    private readonly List<(byte[] Name, long Offset)> _index = [];

    public long OffsetOf(int entry) => _index[entry].Offset;

    public long NextOffset => 12 + _entries.Count;

    /// <summary>A pack with one delta that copies its base whole and appends some bytes.</summary>
    public static HandMadePack Make(string id, string baseId, int baseLength, byte[] appended)
    {
        var pack = new HandMadePack();
        pack.AddNamedDelta(id, baseId, [.. Size(baseLength), .. Size(baseLength + appended.Length), .. Copy(0, baseLength), (byte)appended.Length, .. appended]);
        return pack;
    }

    public static byte[] Size(long size)
    {
        var bytes = new List<byte>();
        for (; size > 0x7f; size >>= 7)
        {
            bytes.Add((byte)(0x80 | (size & 0x7f)));
        }

        return [.. bytes, (byte)size];
    }

    public static byte[] Copy(int offset, int size) =>
        [0xff, (byte)offset, (byte)(offset >> 8), (byte)(offset >> 16), (byte)(offset >> 24), (byte)size, (byte)(size >> 8), (byte)(size >> 16)];

    public void AddBlob(string id, byte[] content) => Add(id, 3, content.Length, [], content);

    public void AddNamedDelta(string id, string baseId, byte[] delta) => Add(id, 7, delta.Length, Convert.FromHexString(baseId), delta);

    public void AddOffsetDelta(string id, long baseOffset, byte[] delta)
    {
        var distance = NextOffset - baseOffset;
        var bytes = new Stack<byte>([(byte)(distance & 0x7f)]);
        while ((distance >>= 7) > 0)
        {
            distance--;
            bytes.Push((byte)(0x80 | (distance & 0x7f)));
        }

        Add(id, 6, delta.Length, [.. bytes], delta);
    }

    public void Add(string id, int type, long statedSize, byte[] head, byte[] content)
    {
        AddToIndex(id, NextOffset);
        var rest = statedSize >> 4;
        _entries.Add((byte)((type << 4) | (int)(statedSize & 15) | (rest > 0 ? 0x80 : 0)));
        if (rest > 0)
        {
            _entries.AddRange(Size(rest));
        }

        _entries.AddRange(head);
        using var deflated = new MemoryStream();
        using (var deflating = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflating.Write(content);
        }

        _entries.AddRange(deflated.ToArray());
    }

    public void AddRaw(string id, byte[] bytes)
    {
        AddToIndex(id, NextOffset);
        _entries.AddRange(bytes);
    }

    public void AddToIndex(string id, long offset) => _index.Add((Convert.FromHexString(id), offset));

    public async Task WriteTo(GitRepository repository)
    {
        byte[] pack = [.. "PACK"u8, 0, 0, 0, 2, .. Big(_index.Count), .. _entries];
        pack = [.. pack, .. Sha1(pack)];
        var sorted = _index.OrderBy(entry => Convert.ToHexString(entry.Name), StringComparer.Ordinal).ToList();
        var index = new List<byte>([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]);
        for (var i = 0; i < 256; i++)
        {
            index.AddRange(Big(sorted.Count(entry => entry.Name[0] <= i)));
        }

        sorted.ForEach(entry => index.AddRange(entry.Name));
        index.AddRange(new byte[4 * sorted.Count]);
        var large = sorted.Where(entry => entry.Offset > int.MaxValue).ToList();
        sorted.ForEach(entry => index.AddRange(entry.Offset > int.MaxValue ? Big(int.MinValue + large.IndexOf(entry)) : Big((int)entry.Offset)));
        foreach (var (_, offset) in large)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, offset);
            index.AddRange(bytes);
        }

        index.AddRange(pack[^20..]);
        index.AddRange(Sha1([.. index]));
        var path = Path.Join(repository.Packs, $"pack-{Convert.ToHexStringLower(pack[^20..])}");
        await File.WriteAllBytesAsync(path + ".pack", pack);
        await File.WriteAllBytesAsync(path + ".idx", [.. index]);
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

#pragma warning disable CA5350 // git's hash, not ours.
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);
#pragma warning restore CA5350
}
