using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Applies deltas (gitformat-pack, "Deltified representation"): copies out of a base, and bytes to insert.
/// </summary>
/// <remarks>
/// Every array that is passed must have <see cref="Slack"/> bytes more than its length says: short runs are moved as
/// vectors, and a delta is read up to 7 bytes behind its end before that is noticed.
/// </remarks>
internal static unsafe class Delta
{
    public const int Slack = 32;

    private const int LongestRunInVectors = 256;

    /// <summary>Reads the sizes that a delta begins with; what follows are its instructions.</summary>
    public static bool TryReadSizes(ReadOnlySpan<byte> delta, out int start, out long baseSize, out long resultSize)
    {
        start = 0;
        resultSize = 0;
        return TryReadSize(delta, ref start, out baseSize) && TryReadSize(delta, ref start, out resultSize);
    }

    /// <summary>False when an instruction reaches outside of base or result, or the result is not filled.</summary>
    public static bool Apply(byte[] delta, int start, int deltaLength, byte[] source, int sourceLength, byte[] result, int resultLength)
    {
        Check(delta, deltaLength);
        Check(source, sourceLength);
        Check(result, resultLength);
        fixed (byte* at = delta, from = source, to = result)
        {
            return Apply(at + start, at + deltaLength, from, sourceLength, to, to + resultLength);
        }
    }

    /// <summary>Bytes that <see cref="Fresh"/> may need, without the slack.</summary>
    public static long FreshLimit(long deltaLength, long resultLength, int margin) =>
        Math.Min(resultLength, (deltaLength * ((2L * margin) + 1)) + margin);

    /// <summary>
    /// Writes what can hold something that the base does not hold: the result's first bytes, insertions, and a margin on
    /// either side of every seam. Checks the delta as <see cref="Apply"/> does. Returns the bytes written, or -1.
    /// </summary>
    /// <remarks>
    /// Something at most margin + 1 bytes long that does not lie in one copied run as a whole lies in an insertion or crosses
    /// a seam, and of any run that it only partly covers it covers at most margin bytes, at the run's beginning or end. Runs
    /// that go on in the base where the one before ended are one run.
    /// </remarks>
    public static int Fresh(byte[] delta, int start, int deltaLength, byte[] source, int sourceLength, long resultLength, int margin, byte[] fresh)
    {
        Check(delta, deltaLength);
        Check(source, sourceLength);
        Check(fresh, FreshLimit(deltaLength - start, resultLength, margin));
        fixed (byte* at = delta, from = source, to = fresh)
        {
            return (int)Fresh(at + start, at + deltaLength, from, sourceLength, resultLength, margin, to);
        }
    }

    /// <summary>Applies a delta whose result is too large to be held.</summary>
    public static bool Stream(byte[] delta, int start, int deltaLength, byte[] source, int sourceLength, WindowFeed result, in ObjectHeader header)
    {
        Check(delta, deltaLength);
        Check(source, sourceLength);
        fixed (byte* at = delta, from = source)
        {
            return Stream(at + start, at + deltaLength, from, sourceLength, result, header);
        }
    }

    private static void Check(byte[] bytes, long length) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, bytes.Length - Slack);

    private static bool Apply(byte* at, byte* end, byte* source, long sourceLength, byte* result, byte* resultEnd)
    {
        while (at < end)
        {
            uint operation = *at++;
            byte* from;
            uint size;
            if ((operation & 0x80) != 0)
            {
                var offset = ReadCopy(ref at, operation, out size);
                if (at > end || offset + (long)size > sourceLength)
                {
                    return false;
                }

                from = source + offset;
            }
            else
            {
                from = at;
                size = operation;
                at += size;
                if (size == 0 || at > end)
                {
                    return false;
                }
            }

            if (size > resultEnd - result)
            {
                return false;
            }

            Copy(result, from, size);
            result += size;
        }

        return result == resultEnd;
    }

    private static long Fresh(byte* at, byte* end, byte* source, long sourceLength, long resultLength, int margin, byte* fresh)
    {
        var output = fresh;
        long made = 0;
        long runStart = 0;
        long runLength = 0;
        while (at < end)
        {
            uint operation = *at++;
            if ((operation & 0x80) != 0)
            {
                var offset = ReadCopy(ref at, operation, out var size);
                made += size;
                if (at > end || offset + (long)size > sourceLength || made > resultLength)
                {
                    return -1;
                }

                if (offset == runStart + runLength)
                {
                    runLength += size;
                    continue;
                }

                output = WriteRun(output, source + runStart, runLength, margin, margin);
                (runStart, runLength) = (offset, size);
            }
            else
            {
                made += operation;
                if (operation == 0 || operation > end - at || made > resultLength)
                {
                    return -1;
                }

                output = WriteRun(output, source + runStart, runLength, margin, margin);
                (runStart, runLength) = (0, 0);
                Copy(output, at, operation);
                output += operation;
                at += operation;
            }
        }

        output = WriteRun(output, source + runStart, runLength, margin, 0);
        return made == resultLength ? output - fresh : -1;
    }

    private static bool Stream(byte* at, byte* end, byte* source, long sourceLength, WindowFeed result, in ObjectHeader header)
    {
        long made = 0;
        while (at < end)
        {
            uint operation = *at++;
            var size = operation;
            var from = at;
            if ((operation & 0x80) != 0)
            {
                var offset = ReadCopy(ref at, operation, out size);
                if (offset + (long)size > sourceLength)
                {
                    return false;
                }

                from = source + offset;
            }
            else
            {
                at += size;
            }

            made += size;
            if (at > end || size == 0 || made > header.Size)
            {
                return false;
            }

            result.Append(header, new ReadOnlySpan<byte>(from, (int)size));
        }

        return made == header.Size;
    }

    private static bool TryReadSize(ReadOnlySpan<byte> delta, ref int at, out long size)
    {
        size = 0;
        for (var shift = 0; shift <= 56; shift += 7)
        {
            if (at >= delta.Length)
            {
                return false;
            }

            var b = delta[at++];
            size |= (long)(b & 0x7f) << shift;
            if ((b & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ReadCopy(ref byte* at, uint operation, out uint size)
    {
        uint offset = 0;
        size = 0;
        var p = at;
        if ((operation & 0x01) != 0)
        {
            offset = *p++;
        }

        if ((operation & 0x02) != 0)
        {
            offset |= (uint)*p++ << 8;
        }

        if ((operation & 0x04) != 0)
        {
            offset |= (uint)*p++ << 16;
        }

        if ((operation & 0x08) != 0)
        {
            offset |= (uint)*p++ << 24;
        }

        if ((operation & 0x10) != 0)
        {
            size = *p++;
        }

        if ((operation & 0x20) != 0)
        {
            size |= (uint)*p++ << 8;
        }

        if ((operation & 0x40) != 0)
        {
            size |= (uint)*p++ << 16;
        }

        if (size == 0)
        {
            size = 0x10000;
        }

        at = p;
        return offset;
    }

    private static byte* WriteRun(byte* output, byte* run, long length, int head, int tail)
    {
        if (length <= head + tail)
        {
            Copy(output, run, (uint)length);
            return output + length;
        }

        Copy(output, run, (uint)head);
        output += head;
        Copy(output, run + length - tail, (uint)tail);
        return output + tail;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* to, byte* from, uint size)
    {
        // A call costs more than moving so little.
        if (size > LongestRunInVectors)
        {
            Unsafe.CopyBlockUnaligned(to, from, size);
            return;
        }

        var end = to + size;
        do
        {
            Vector128.Store(Vector128.Load(from), to);
            Vector128.Store(Vector128.Load(from + 16), to + 16);
            from += 32;
            to += 32;
        }
        while (to < end);
    }
}
