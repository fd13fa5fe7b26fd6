using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Triage;

/// <summary>Tells the findings that count from those that somebody has allowed, and says who did.</summary>
/// <param name="allowComments">Whether a comment on a key's line allows it.</param>
/// <param name="allowlist">What the configuration allows.</param>
/// <param name="baseline">What was known before; null when there is no baseline.</param>
/// <param name="inRepository">Makes of a finding's path the one from the root of the repository, which files speak of.</param>
/// <param name="rules">What keys look like.</param>
internal sealed class FindingTriage(bool allowComments, Allowlist allowlist, Baseline? baseline, Func<string, string> inRepository, RuleSet rules)
{
    private static readonly Suppression Comment = new(SuppressionKind.Comment, "allowed by a comment on its line", "");

    /// <summary>What should be put right in the files that allow, whatever part was scanned.</summary>
    public IEnumerable<string> Expired => allowlist.Expired;

    /// <summary>What allowed nothing; to be asked when all was found that there is to find.</summary>
    public IEnumerable<string> Stale => allowlist.Stale.Concat(baseline?.Stale ?? []);

    /// <summary>Why a finding does not count; null when it does.</summary>
    public Suppression? SuppressionOf(Finding finding)
    {
        var path = inRepository(finding.Place.Path);

        // All are asked, also when the first has an answer: an entry that allows something is not stale because a comment does too.
        var listed = allowlist.Find(finding, path);
        var known = baseline?.Find(Baseline.EntryOf(finding, path, rules));
        return finding.Place.IsAllowed && allowComments ? Comment : listed ?? known;
    }
}
