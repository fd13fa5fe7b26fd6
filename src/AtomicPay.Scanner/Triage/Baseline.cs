using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Triage;

/// <summary>The findings that were known at some time, which notes which of them are found again.</summary>
internal sealed class Baseline
{
    private const string NoPath = "(no-path)";

    private readonly string _name;
    private readonly Dictionary<(string Sha256, string Path), BaselineEntry> _entries = [];
    private readonly HashSet<(string Sha256, string Path)> _found = [];

    /// <exception cref="ConfigurationException">It is not a baseline.</exception>
    public Baseline(string name, ReadOnlySpan<byte> text)
    {
        _name = name;
        foreach (var entry in BaselineFormat.Read(name, text).Entries)
        {
            _entries.TryAdd((entry.Sha256, entry.Path), entry);
        }
    }

    /// <summary>What was not found again, as sentences.</summary>
    public IEnumerable<string> Stale => _entries
        .Where(e => !_found.Contains(e.Key))
        .Select(e => e.Value)
        .OrderBy(e => e.Line)
        .Select(e => $"{_name}:{e.Line}: this line of the baseline matches nothing that was found, and can go: {e.Path}");

    /// <summary>What a baseline says of a finding.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="path">Its path from the root of the repository.</param>
    /// <param name="rules">What keys look like, to mask those in the path.</param>
    public static BaselineEntry EntryOf(Finding finding, string path, RuleSet rules) =>
        new(finding.Secret.Sha256, path.Length == 0 ? NoPath : MaskedText.Of(rules, path), Reason: null, Line: 0);

    /// <param name="entry">What <see cref="EntryOf"/> says of the finding.</param>
    public Suppression? Find(BaselineEntry entry)
    {
        if (!_entries.TryGetValue((entry.Sha256, entry.Path), out var known))
        {
            return null;
        }

        _found.Add((entry.Sha256, entry.Path));
        return new Suppression(SuppressionKind.Baseline, known.Reason ?? "known when the baseline was written", $"{_name}:{known.Line}");
    }
}
