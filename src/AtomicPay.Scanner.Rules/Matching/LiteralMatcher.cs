using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Finds every occurrence of many literals in one pass over bytes.</summary>
/// <remarks>
/// Each step looks up the halves of every byte in small tables that fit a vector register; what remains is a set of bits that
/// says which buckets of literals may have their fingerprint here. Only then are bytes compared. See <see cref="Fingerprints"/>.
/// </remarks>
internal sealed class LiteralMatcher
{
    private readonly Literal[] _literals;
    private readonly Fingerprints _fingerprints;
    private readonly MatcherKind _kind;
    private readonly GramIndex? _grams;
    private readonly Vector128<byte> _low0, _high0, _low1, _high1, _low2, _high2;

    public LiteralMatcher(IReadOnlyList<Literal> literals)
        : this(literals, Widest)
    {
    }

    public LiteralMatcher(IReadOnlyList<Literal> literals, MatcherKind kind)
    {
        _literals = [.. literals];
        _kind = kind;
        _fingerprints = new Fingerprints(literals);
        _grams = literals.Select((literal, index) => literal.Length - _fingerprints.PositionOf(index)).All(length => length >= Grams.Size)
            ? new GramIndex(_literals, literals.Select((_, index) => (index, _fingerprints.PositionOf(index))))
            : null;
        (_low0, _high0) = Tables(0);
        (_low1, _high1) = Tables(1);
        (_low2, _high2) = Tables(2);
    }

    public static MatcherKind Widest =>
        Avx2.IsSupported ? MatcherKind.Vector256
        : Ssse3.IsSupported || AdvSimd.Arm64.IsSupported ? MatcherKind.Vector128
        : MatcherKind.Scalar;

    public static bool Supports(MatcherKind kind) => kind <= Widest;

    /// <summary>Hands every occurrence to the sink, in the order of their fingerprints.</summary>
    public void Scan<TSink>(ReadOnlySpan<byte> content, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        if (_kind == MatcherKind.Vector256 && content.Length >= Vector256<byte>.Count + 2)
        {
            ScanBy32(content, ref sink);
        }
        else if (_kind != MatcherKind.Scalar && content.Length >= Vector128<byte>.Count + 2)
        {
            ScanBy16(content, ref sink);
        }
        else
        {
            ScanByOne(content, ref sink);
        }
    }

    private static Vector128<byte> Lookup(Vector128<byte> table, Vector128<byte> index) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, index) : AdvSimd.Arm64.VectorTableLookup(table, index);

    // SSSE3 and AVX2 look at the lower four bits of an index and give zero when its highest bit is set. Anchors are ASCII, so
    // that the lower half needs no masking there; Arm gives zero for every index above 15 and needs it.
    private static Vector128<byte> LowerHalf(Vector128<byte> bytes) =>
        Ssse3.IsSupported ? bytes : bytes & Vector128.Create((byte)15);

    private (Vector128<byte> Low, Vector128<byte> High) Tables(int which)
    {
        var (low, high) = _fingerprints.NibbleTables(which);
        return (Vector128.Create(low), Vector128.Create(high));
    }

    private void ScanBy32<TSink>(ReadOnlySpan<byte> content, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        ref var start = ref MemoryMarshal.GetReference(content);
        var low0 = Vector256.Create(_low0, _low0);
        var high0 = Vector256.Create(_high0, _high0);
        var low1 = Vector256.Create(_low1, _low1);
        var high1 = Vector256.Create(_high1, _high1);
        var low2 = Vector256.Create(_low2, _low2);
        var high2 = Vector256.Create(_high2, _high2);
        var half = Vector256.Create((byte)15);
        var last = content.Length - Vector256<byte>.Count - 2;
        var at = 0;
        var seen = 0;
        while (true)
        {
            var a = Vector256.LoadUnsafe(ref start, (nuint)at);
            var b = Vector256.LoadUnsafe(ref start, (nuint)at + 1);
            var c = Vector256.LoadUnsafe(ref start, (nuint)at + 2);
            var buckets = Avx2.Shuffle(low0, a) & Avx2.Shuffle(high0, Avx2.ShiftRightLogical(a.AsUInt16(), 4).AsByte() & half)
                & Avx2.Shuffle(low1, b) & Avx2.Shuffle(high1, Avx2.ShiftRightLogical(b.AsUInt16(), 4).AsByte() & half)
                & Avx2.Shuffle(low2, c) & Avx2.Shuffle(high2, Avx2.ShiftRightLogical(c.AsUInt16(), 4).AsByte() & half);
            if (buckets != Vector256<byte>.Zero)
            {
                var places = ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits();

                // The last step overlaps the one before it; what was seen there is not seen again.
                places &= seen > at ? uint.MaxValue << (seen - at) : uint.MaxValue;
                if (!Compare(content, at, places, ref sink))
                {
                    return;
                }
            }

            seen = at + Vector256<byte>.Count;
            if (at == last)
            {
                return;
            }

            at = Math.Min(seen, last);
        }
    }

    private void ScanBy16<TSink>(ReadOnlySpan<byte> content, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        ref var start = ref MemoryMarshal.GetReference(content);
        var (low0, high0, low1, high1, low2, high2) = (_low0, _high0, _low1, _high1, _low2, _high2);
        var half = Vector128.Create((byte)15);
        var last = content.Length - Vector128<byte>.Count - 2;
        var at = 0;
        var seen = 0;
        while (true)
        {
            var a = Vector128.LoadUnsafe(ref start, (nuint)at);
            var b = Vector128.LoadUnsafe(ref start, (nuint)at + 1);
            var c = Vector128.LoadUnsafe(ref start, (nuint)at + 2);
            var buckets = Lookup(low0, LowerHalf(a)) & Lookup(high0, (a.AsUInt16() >>> 4).AsByte() & half)
                & Lookup(low1, LowerHalf(b)) & Lookup(high1, (b.AsUInt16() >>> 4).AsByte() & half)
                & Lookup(low2, LowerHalf(c)) & Lookup(high2, (c.AsUInt16() >>> 4).AsByte() & half);
            if (buckets != Vector128<byte>.Zero)
            {
                var places = ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
                places &= seen > at ? uint.MaxValue << (seen - at) : uint.MaxValue;
                if (!Compare(content, at, places, ref sink))
                {
                    return;
                }
            }

            seen = at + Vector128<byte>.Count;
            if (at == last)
            {
                return;
            }

            at = Math.Min(seen, last);
        }
    }

    private void ScanByOne<TSink>(ReadOnlySpan<byte> content, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        for (var at = 0; at + Fingerprints.Size <= content.Length; at++)
        {
            if (!Compare(content, at, 1, ref sink))
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Compare<TSink>(ReadOnlySpan<byte> content, int from, uint places, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        for (; places != 0; places &= places - 1)
        {
            var at = from + BitOperations.TrailingZeroCount(places);
            if (_grams is not null && content.Length - at >= Grams.Size)
            {
                // One byte more than the fingerprint, and all of them together: most alarms are false and end here.
                var gram = Grams.At(content[at..]);
                if (_grams.MayHold(gram) && !CompareAt(content, at, gram, ref sink))
                {
                    return false;
                }

                continue;
            }

            var buckets = _fingerprints.BucketsOf(content[at], content[at + 1], content[at + 2]);
            for (; buckets != 0; buckets &= buckets - 1)
            {
                foreach (var literal in _fingerprints.Bucket(BitOperations.TrailingZeroCount(buckets)))
                {
                    var offset = at - _fingerprints.PositionOf(literal);
                    if (_literals[literal].IsAt(content, offset) && !sink.Accept(offset, literal))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private bool CompareAt<TSink>(ReadOnlySpan<byte> content, int at, uint gram, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        foreach (var (literal, position) in _grams![gram])
        {
            if (_literals[literal].IsAt(content, at - position) && !sink.Accept(at - position, literal))
            {
                return false;
            }
        }

        return true;
    }
}
