using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Keys that were found in a content, and around it those that need not be told again.</summary>
/// <param name="outer">Keys that count as known too; null for none.</param>
internal sealed class KeySet(KeySet? outer = null)
{
    // No key is shorter.
    private const int Shortest = 22;

    private readonly Dictionary<string, List<Secret>> _keys = [];

    public void Add(Secret key)
    {
        if (!_keys.TryGetValue(StartOf(key), out var alike))
        {
            _keys[StartOf(key)] = alike = [];
        }

        if (!alike.Contains(key))
        {
            alike.Add(key);
        }
    }

    public void AddAll(KeySet keys)
    {
        foreach (var key in keys._keys.Values.SelectMany(alike => alike))
        {
            Add(key);
        }
    }

    /// <summary>Whether a key is known, or is but the first piece of one that is: what is written in pieces is joined when it is opened.</summary>
    public bool Tells(Secret key) => Alike(key).Exists(known => known.Reveal().StartsWith(key.Reveal(), StringComparison.Ordinal)) || outer?.Tells(key) == true;

    /// <summary>
    /// Whether a key found here begins like another one: it is the same, cut off or run on into its neighbours. Once opened it
    /// is known where a key ends; in the bytes of the container it is not. Two keys of chance never begin alike.
    /// </summary>
    public bool Resembles(Secret key) => _keys.ContainsKey(StartOf(key));

    private List<Secret> Alike(Secret key) => _keys.GetValueOrDefault(StartOf(key)) ?? [];

    private static string StartOf(Secret key) => key.Reveal().Length < Shortest ? key.Reveal() : key.Reveal()[..Shortest];
}
