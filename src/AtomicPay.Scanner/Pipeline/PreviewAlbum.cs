using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// The previews that a scan keeps for a report: so many and no more. Which those are follows from the pictures alone, whatever
/// the order in which threads meet them: those with the smallest hashes.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class PreviewAlbum(int most)
{
    /// <summary>A page with more would be slow to open, and to mail.</summary>
    public const int Usual = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, PreviewSlot> _slots = new(StringComparer.Ordinal);

    /// <summary>A place for the preview of a key in a picture; null when the album is full of those that come before it.</summary>
    public PreviewSlot? Reserve(string sha256, int key)
    {
        var name = $"{sha256} {key:D4}";
        lock (_lock)
        {
            var slot = new PreviewSlot();
            _slots.Add(name, slot);
            if (_slots.Count <= most)
            {
                return slot;
            }

            var (last, given) = _slots.Last();
            given.GiveUp();
            _slots.Remove(last);
            return last == name ? null : slot;
        }
    }
}
