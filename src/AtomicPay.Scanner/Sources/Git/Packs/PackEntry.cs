namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The head of an entry in a pack: what it is, how many bytes it inflates to, and what it is a delta on.</summary>
internal readonly unsafe struct PackEntry
{
    public const int OffsetDelta = 6;
    public const int NamedDelta = 7;

    private PackEntry(int type, long size, byte* data, long baseDistance, byte* baseName)
    {
        Type = type;
        Size = size;
        Data = data;
        BaseDistance = baseDistance;
        BaseName = baseName;
    }

    /// <summary>An object's kind by git's number, or one of the two kinds of delta.</summary>
    public int Type { get; }

    public bool IsDelta => Type >= OffsetDelta;

    /// <summary>Bytes that the data inflates to: of the object, or of the delta.</summary>
    public long Size { get; }

    /// <summary>Where the zlib stream begins.</summary>
    public byte* Data { get; }

    /// <summary>For an offset delta: how many bytes before this entry its base begins.</summary>
    public long BaseDistance { get; }

    /// <summary>For a named delta: its base's name.</summary>
    public byte* BaseName { get; }

    /// <summary>Reads no byte at or behind <paramref name="end"/>; false when the head is not whole or not valid.</summary>
    public static bool TryRead(byte* at, byte* end, int hashSize, out PackEntry entry)
    {
        entry = default;
        if (at >= end)
        {
            return false;
        }

        var b = *at++;
        var type = (b >> 4) & 7;
        long size = b & 15;
        for (var shift = 4; (b & 0x80) != 0; shift += 7)
        {
            if (at >= end || shift > 56)
            {
                return false;
            }

            b = *at++;
            size |= (long)(b & 0x7f) << shift;
        }

        long distance = 0;
        byte* name = null;
        if (type == OffsetDelta)
        {
            if (!TryReadDistance(ref at, end, out distance))
            {
                return false;
            }
        }
        else if (type == NamedDelta)
        {
            if (end - at < hashSize)
            {
                return false;
            }

            name = at;
            at += hashSize;
        }
        else if (type is 0 or 5)
        {
            return false;
        }

        entry = new PackEntry(type, size, at, distance, name);
        return size >= 0;
    }

    private static bool TryReadDistance(ref byte* at, byte* end, out long distance)
    {
        distance = 0;
        byte b;
        do
        {
            if (at >= end || distance > long.MaxValue >> 8)
            {
                return false;
            }

            b = *at++;
            distance = (distance << 7) | (uint)(b & 0x7f);
            distance += b >> 7;
        }
        while ((b & 0x80) != 0);

        return true;
    }
}
