using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>The names of what the API said, for people and for programs.</summary>
internal static class LivenessWords
{
    /// <summary>What is known of a key, in a few words each; nothing when the API was not asked.</summary>
    public static IEnumerable<string> Phrases(Verification? verification, Revocation? revocation)
    {
        if (verification is not null)
        {
            yield return Of(verification.Liveness);
        }

        if (revocation is not null)
        {
            yield return Of(revocation.Outcome);
        }
    }

    public static string Of(Liveness liveness) => liveness switch
    {
        Liveness.Live => "live",
        Liveness.LiveWithoutPermission => "live, without the permission that was tried",
        Liveness.Dead => "dead",
        _ => "unknown whether live",
    };

    public static string Of(Grant grant) => grant switch
    {
        Grant.Granted => "yes",
        Grant.Refused => "no",
        Grant.NotAsked => "not tried",
        _ => "unknown",
    };

    public static string Of(RevocationOutcome outcome) => outcome switch
    {
        RevocationOutcome.Confirmed => "revoked, and confirmed",
        RevocationOutcome.AlreadyDead => "already dead",
        RevocationOutcome.StillLive => "revocation accepted, but STILL LIVE",
        RevocationOutcome.Refused => "NOT revoked: refused",
        RevocationOutcome.NotSupported => "NOT revoked: the API has no request for it",
        RevocationOutcome.NotSent => "NOT revoked",
        RevocationOutcome.Planned => "to be revoked",
        _ => "unknown whether revoked",
    };

    public static string NameOf(Liveness liveness) => liveness switch
    {
        Liveness.Live => "live",
        Liveness.LiveWithoutPermission => "live-without-permission",
        Liveness.Dead => "dead",
        _ => "unknown",
    };

    public static string NameOf(Grant grant) => grant switch
    {
        Grant.Granted => "granted",
        Grant.Refused => "refused",
        Grant.NotAsked => "not-tried",
        _ => "unknown",
    };

    public static string NameOf(RevocationOutcome outcome) => outcome switch
    {
        RevocationOutcome.Confirmed => "confirmed",
        RevocationOutcome.AlreadyDead => "already-dead",
        RevocationOutcome.StillLive => "still-live",
        RevocationOutcome.Refused => "refused",
        RevocationOutcome.NotSupported => "not-supported",
        RevocationOutcome.NotSent => "not-sent",
        RevocationOutcome.Planned => "planned",
        _ => "unknown",
    };
}
