using System.Collections.Immutable;
using System.Globalization;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using Microsoft.Extensions.FileSystemGlobbing;

namespace AtomicPay.Scanner.Triage;

/// <summary>The configuration's allowlist, which notes what of it allows something.</summary>
/// <param name="entries">What is allowed.</param>
/// <param name="today">The day of the scan, in UTC: entries may have an end.</param>
internal sealed class Allowlist(ImmutableArray<AllowEntry> entries, DateOnly today)
{
    private readonly ImmutableArray<Matcher?> _globs = [.. entries.Select(GlobsOf)];
    private readonly bool[] _allowsSomething = new bool[entries.Length];

    /// <summary>What no longer counts, as sentences.</summary>
    public IEnumerable<string> Expired => entries
        .Where(e => e.Expires < today)
        .Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Source}: this allowlist entry expired on {e.Expires:yyyy-MM-dd} and counts no longer: {e.Reason}"));

    /// <summary>What allowed nothing of all that <see cref="Find"/> was asked for, as sentences.</summary>
    public IEnumerable<string> Stale => entries
        .Where((e, i) => !_allowsSomething[i] && !(e.Expires < today))
        .Select(e => $"{e.Source}: this allowlist entry allows nothing that was found, and can go: {e.Reason}");

    /// <param name="finding">What was found.</param>
    /// <param name="path">Its path from the root of the repository.</param>
    public Suppression? Find(Finding finding, string path)
    {
        var first = default(AllowEntry);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (!(entry.Expires < today)
                && (entry.Keys.IsEmpty || entry.Keys.Contains(finding.Secret.Sha256))
                && (entry.Rules.IsEmpty || entry.Rules.Contains(finding.Rule.Id))
                && (_globs[i] is not { } globs || WithArchivesOf(path).Any(p => globs.Match(p).HasMatches)))
            {
                _allowsSomething[i] = true;
                first ??= entry;
            }
        }

        return first is null ? null : new Suppression(SuppressionKind.Allowlist, first.Reason, first.Source);
    }

    private static Matcher? GlobsOf(AllowEntry entry)
    {
        if (entry.Paths.IsEmpty)
        {
            return null;
        }

        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(entry.Paths);
        return matcher;
    }

    /// <summary>The path, and those of the archives that it lies in: who allows an archive allows what is in it.</summary>
    private static IEnumerable<string> WithArchivesOf(string path)
    {
        if (path.Length == 0)
        {
            yield break;
        }

        yield return path;
        for (var at = path.IndexOf("!/", StringComparison.Ordinal); at > 0; at = path.IndexOf("!/", at + 2, StringComparison.Ordinal))
        {
            yield return path[..at];
        }
    }
}
