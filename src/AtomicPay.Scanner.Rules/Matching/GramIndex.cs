namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Which literals have which four bytes where: however many literals there are, few have those that stand at a place.</summary>
internal sealed class GramIndex
{
    private const int FewestBits = 16;
    private const int MostBits = 22;

    // Of so many bits one is set, so that other bytes are told apart without a search.
    private const int Sparseness = 16;

    private readonly Grams _grams;
    private readonly uint[] _keys;
    private readonly (int Literal, int Position)[] _places;

    /// <param name="literals">The literals.</param>
    /// <param name="places">Which of them count where: their numbers, and places in them with four bytes at least.</param>
    public GramIndex(IReadOnlyList<Literal> literals, IEnumerable<(int Literal, int Position)> places)
    {
        _places = [.. places];
        _keys = new uint[_places.Length];
        _grams = new Grams(Math.Clamp((int)Math.Ceiling(Math.Log2((_places.Length + 1) * Sparseness)), FewestBits, MostBits));
        Span<byte> gram = stackalloc byte[Grams.Size];
        for (var i = 0; i < _places.Length; i++)
        {
            for (var k = 0; k < Grams.Size; k++)
            {
                gram[k] = literals[_places[i].Literal].At(_places[i].Position + k).First;
            }

            _keys[i] = Grams.At(gram);
            _grams.Add(_keys[i]);
        }

        Array.Sort(_keys, _places);
    }

    /// <summary>False when no literal has these four bytes.</summary>
    public bool MayHold(uint gram) => _grams.MayHold(gram);

    /// <summary>The literals that have these four bytes, and where.</summary>
    public ReadOnlySpan<(int Literal, int Position)> this[uint gram]
    {
        get
        {
            var first = Array.BinarySearch(_keys, gram);
            if (first < 0)
            {
                return [];
            }

            var end = first + 1;
            while (first > 0 && _keys[first - 1] == gram)
            {
                first--;
            }

            while (end < _keys.Length && _keys[end] == gram)
            {
                end++;
            }

            return _places.AsSpan(first..end);
        }
    }
}
