using System.Collections.Immutable;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>Which keys of a scan are to be revoked, and what is to be said of the others.</summary>
/// <param name="Result">The findings; each states what is known of its revocation.</param>
internal sealed record RevocationPlan(ScanResult Result)
{
    /// <summary>The keys that are revoked, or whose earlier revocation is looked after: known to the last character, and live or dead.</summary>
    public IReadOnlyList<Secret> Exact =>
        [.. Keys.Where(key => key.All(f => f.Verification is { Liveness: not Liveness.Unknown }) && key.Any(f => f.IsExact)).Select(key => key.Key)];

    /// <summary>Those among them that a request would be sent for.</summary>
    public IReadOnlyList<Secret> Live => [.. Exact.Where(key => Result.Findings.First(f => f.Secret.Equals(key)).Verification!.IsLive)];

    private IEnumerable<IGrouping<Secret, Finding>> Keys => Result.Findings.GroupBy(f => f.Secret);

    public static RevocationPlan Of(ScanResult verified)
    {
        var plan = new RevocationPlan(verified);
        var exact = plan.Exact.ToHashSet();
        return plan.WithFindings(f => f with { Revocation = FirstWord(f, exact.Contains(f.Secret)) });
    }

    /// <summary>The same, with what came of one key.</summary>
    public RevocationPlan With(Secret key, Verification verification, Revocation revocation) =>
        WithFindings(f => f.Secret.Equals(key) ? f with { Verification = verification with { Permissions = f.Verification?.Permissions ?? [] }, Revocation = revocation } : f);

    /// <summary>What is left of it when it is not carried out.</summary>
    public ScanResult NotSent(string because) =>
        WithFindings(f => f.Revocation is { Outcome: RevocationOutcome.Planned } ? f with { Revocation = new Revocation(RevocationOutcome.NotSent, because) } : f).Result;

    private static Revocation FirstWord(Finding finding, bool isExact) => finding.Verification switch
    {
        { Liveness: Liveness.Dead } dead when isExact => new Revocation(RevocationOutcome.AlreadyDead, dead.Because),
        { IsLive: true } when isExact => new Revocation(RevocationOutcome.Planned, "once that is confirmed"),
        { IsLive: true } => new Revocation(RevocationOutcome.NotSent, "a reading of a picture is never revoked; give the key to atomicpay-scan revoke - instead"),
        _ => new Revocation(RevocationOutcome.NotSent, "only a key that is seen live is revoked"),
    };

    private RevocationPlan WithFindings(Func<Finding, Finding> change) =>
        new(Result with { Findings = [.. Result.Findings.Select(change)] });
}
