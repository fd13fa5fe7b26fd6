using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Finds every occurrence of very many literals, but only in and around long runs of base64 or hexadecimal digits.</summary>
/// <remarks>
/// What is encoded three times is long: all other content is passed over at the speed of memory. In a run, groups of four bytes
/// are looked up so far apart that every literal holds one of them whole (the sampling of Wu and Manber, without shifts).
/// </remarks>
internal sealed class LongRunMatcher
{
    /// <summary>Runs of this length are always seen: a block of digits falls inside of them.</summary>
    public const int ShortestRun = Stride + Block - 1;

    private const int Block = 16;
    private const int Stride = 24;
    private const int Further = Stride / 2 - 1;

    // A literal that begins in a run, or ends in one after a line break, lies this close to a block of it.
    private const int Around = 80;

    /// <summary>A literal and the run that makes it count lie this close together, in bytes.</summary>
    public const int Reach = ShortestRun + (2 * Around);

    private readonly Literal[] _literals;
    private readonly GramIndex _grams;
    private readonly int _step;

    public LongRunMatcher(IReadOnlyList<Literal> literals)
    {
        _literals = [.. literals];
        _step = literals.Count == 0 ? 1 : literals.Min(literal => literal.Length) - Grams.Size + 1;
        _grams = new GramIndex(_literals, from literal in Enumerable.Range(0, _literals.Length) from position in Enumerable.Range(0, _step) select (literal, position));
    }

    /// <summary>Where the first long run begins, or a little after; -1 when there is none.</summary>
    public static int IndexOfRun(ReadOnlySpan<byte> content, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(content);
        for (var at = from; at <= content.Length - Block; at += Stride)
        {
            if (AreDigits(Vector128.LoadUnsafe(ref start, (nuint)at)) && IsLong(content, at))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Hands every occurrence to the sink, in the order of the groups that gave them away.</summary>
    public void Scan<TSink>(ReadOnlySpan<byte> content, int run, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        var at = 0;
        for (var block = run; block >= 0; block = IndexOfRun(content, block + Stride))
        {
            var end = Math.Min(content.Length - Grams.Size, block + Block + Around);
            for (at = Math.Max(at, block - Around); at <= end; at += _step)
            {
                var gram = Grams.At(content[at..]);
                if (_grams.MayHold(gram) && !Compare(content, at, gram, ref sink))
                {
                    return;
                }
            }
        }
    }

    private bool Compare<TSink>(ReadOnlySpan<byte> content, int at, uint gram, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        foreach (var (literal, position) in _grams[gram])
        {
            if (_literals[literal].IsAt(content, at - position) && !sink.Accept(at - position, literal))
            {
                return false;
            }
        }

        return true;
    }

    // Names hold a block now and then. Of a long run there is as much again on one side, less what a block lacks of a stride.
    private static bool IsLong(ReadOnlySpan<byte> content, int block) =>
        (block >= Further && AreDigits(Vector128.Create(content.Slice(block - Further, Block))))
        || (block + Further + Block <= content.Length && AreDigits(Vector128.Create(content.Slice(block + Further, Block))));

    // Comparisons and no table: a lookup in a register is not among the instructions that every machine has. Zeros count for the
    // sake of digits in wide characters; rulers and empty space do not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(Vector128<byte> bytes)
    {
        var letters = Vector128.LessThanOrEqual((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)('z' - 'a')));
        var numbers = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'/'), Vector128.Create((byte)('9' - '/')));
        var others = Vector128.Equals(bytes, Vector128.Create((byte)'+')) | Vector128.Equals(bytes, Vector128.Create((byte)'-'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'_'));
        var zeros = Vector128.Equals(bytes, Vector128<byte>.Zero);
        return Vector128.EqualsAll(letters | numbers | others | zeros, Vector128<byte>.AllBitsSet)
            && !Vector128.EqualsAll(bytes, Vector128.Create(bytes[0]))
            && BitOperations.PopCount(zeros.ExtractMostSignificantBits()) <= Block / 2;
    }
}
