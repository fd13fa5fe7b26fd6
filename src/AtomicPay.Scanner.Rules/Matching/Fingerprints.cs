namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Three neighbouring bytes of every literal, chosen to be rare, and the literals sorted by them into eight buckets.</summary>
/// <remarks>
/// The idea is Teddy's, from Hyperscan by way of the Rust aho-corasick crate. What is chosen here is where in a literal its
/// three bytes stand and which bucket it joins: both decide how often common content gives a false alarm.
/// </remarks>
internal sealed class Fingerprints
{
    public const int Size = 3;
    private const int BucketCount = 8;

    // Where few literals share a bucket a false alarm is cheaper, but it is an alarm all the same.
    private const int CostOfAlarm = 4;
    private const int Rounds = 3;

    // Of so many literals every bucket admits nearly everything wherever they are put.
    private const int MostMoved = 1_000;

    // How far into a literal a fingerprint is looked for. One byte more than it is left behind it, see LiteralMatcher.
    private const int MostPositions = 16;

    private readonly byte[] _exact = new byte[Size * 256];
    private readonly int[][] _buckets = new int[BucketCount][];
    private readonly int[] _positions;

    public Fingerprints(IReadOnlyList<Literal> literals)
    {
        _positions = new int[literals.Count];
        var members = new List<int>[BucketCount];
        for (var b = 0; b < BucketCount; b++)
        {
            members[b] = [];
        }

        var frequencies = new ByteFrequencies();

        // Each literal goes where it adds least; once all are placed, each may move to where it now fits better.
        var admitted = new Nibbles[BucketCount];
        var rounds = literals.Count > MostMoved ? 1 : Rounds;
        for (var round = 0; round < rounds; round++)
        {
            for (var index = 0; index < literals.Count; index++)
            {
                for (var b = 0; round > 0 && b < BucketCount; b++)
                {
                    if (members[b].Remove(index))
                    {
                        admitted[b] = members[b].Aggregate(default(Nibbles), (all, member) => all.With(literals[member], _positions[member]));
                    }
                }

                (var best, _positions[index]) = Cheapest(literals[index], members, admitted, frequencies);
                members[best].Add(index);
                admitted[best] = admitted[best].With(literals[index], _positions[index]);
            }
        }

        for (var b = 0; b < BucketCount; b++)
        {
            _buckets[b] = [.. members[b].Order()];
            foreach (var index in members[b])
            {
                Admit(literals[index], _positions[index], 1 << b);
            }
        }
    }

    /// <summary>The buckets, as bits, with a literal whose fingerprint may be these three bytes.</summary>
    public int BucketsOf(byte first, byte second, byte third) => _exact[first] & _exact[256 + second] & _exact[512 + third];

    public ReadOnlySpan<int> Bucket(int index) => _buckets[index];

    /// <summary>How far into the literal its fingerprint stands, in bytes.</summary>
    public int PositionOf(int literal) => _positions[literal];

    /// <summary>For one of the three bytes: the buckets possible for each value of its lower and of its upper half.</summary>
    public (byte[] Low, byte[] High) NibbleTables(int which)
    {
        var low = new byte[16];
        var high = new byte[16];
        for (var value = 0; value < 256; value++)
        {
            low[value & 15] |= _exact[(which * 256) + value];
            high[value >> 4] |= _exact[(which * 256) + value];
        }

        return (low, high);
    }

    private void Admit(Literal literal, int position, int bucket)
    {
        for (var k = 0; k < Size; k++)
        {
            var (first, second) = literal.At(position + k);
            _exact[(k * 256) + first] |= (byte)bucket;
            _exact[(k * 256) + second] |= (byte)bucket;
        }
    }

    private static (int Bucket, int Position) Cheapest(Literal literal, List<int>[] members, Nibbles[] admitted, ByteFrequencies frequencies)
    {
        var best = (Bucket: 0, Position: 0);
        var least = double.MaxValue;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            var before = members[bucket].Count == 0 ? 0 : frequencies.Likelihood(admitted[bucket]) * (members[bucket].Count + CostOfAlarm);
            var positions = Math.Min(MostPositions, Math.Max(1, literal.Length - Size));
            for (var position = 0; position < positions; position++)
            {
                var after = frequencies.Likelihood(admitted[bucket].With(literal, position)) * (members[bucket].Count + 1 + CostOfAlarm);
                if (after - before < least)
                {
                    least = after - before;
                    best = (bucket, position);
                }
            }
        }

        return best;
    }
}
