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
    private const int BitsOfHash = 17;

    /// <summary>A literal and the run that makes it count lie this close together, in bytes.</summary>
    public const int Reach = ShortestRun + (2 * Around);

    private readonly Literal[] _literals;
    private readonly Grams _grams = new(BitsOfHash);

    // Sorted by the group of four bytes; where each stands in which literal.
    private readonly uint[] _keys;
    private readonly (int Literal, int Position)[] _places;
    private readonly int _step;

    public LongRunMatcher(IReadOnlyList<Literal> literals)
    {
        _literals = [.. literals];
        _step = literals.Count == 0 ? int.MaxValue : literals.Min(literal => literal.Length) - Grams.Size + 1;
        _keys = new uint[_step == int.MaxValue ? 0 : _literals.Length * _step];
        _places = new (int, int)[_keys.Length];
        Span<byte> gram = stackalloc byte[Grams.Size];
        for (var i = 0; i < _keys.Length; i++)
        {
            var (literal, position) = Math.DivRem(i, _step);
            for (var k = 0; k < Grams.Size; k++)
            {
                gram[k] = _literals[literal].At(position + k).First;
            }

            _keys[i] = Grams.At(gram);
            _places[i] = (literal, position);
            _grams.Add(_keys[i]);
        }

        Array.Sort(_keys, _places);
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
        var place = Array.BinarySearch(_keys, gram);
        while (place > 0 && _keys[place - 1] == gram)
        {
            place--;
        }

        for (; place >= 0 && place < _keys.Length && _keys[place] == gram; place++)
        {
            var (literal, position) = _places[place];
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
