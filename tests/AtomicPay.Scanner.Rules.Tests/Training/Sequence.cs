namespace AtomicPay.Scanner.Rules.Tests.Training;

/// <summary>Numbers that look random and are the same on every machine and runtime (SplitMix64).</summary>
internal sealed class Sequence(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)limit);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public string Text(string alphabet, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[Below(alphabet.Length)]));
}
