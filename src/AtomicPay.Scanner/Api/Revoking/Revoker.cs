using System.Globalization;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>
/// Revokes a key as a transaction: seen live, intent on the disk, request, seen dead. It may be cut short at any point, and
/// run again it goes on from there. No request is sent for a key without a verification since the last one.
/// </summary>
internal sealed class Revoker(ApiClient client, Verifier verifier, AuditFile audit, ApiOptions api, RevokeOptions options, TimeProvider time)
{
    private const int MostRequests = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>Revokes one key and says what the API said of it last.</summary>
    public async Task<(Verification Verification, Revocation Revocation)> Revoke(Secret key, CancellationToken cancellation)
    {
        var earlier = Attempt.Last(audit.Entries, key);
        var now = await verifier.Verify(key, VerifyMode.Liveness, cancellation);
        if (now.Liveness == Liveness.Dead)
        {
            return earlier is { Outcome: null or RevocationOutcome.StillLive or RevocationOutcome.Unknown }
                ? End(key, earlier.Id, now, RevocationOutcome.Confirmed, $"{now.Because}, after a request that an earlier run sent")
                : (now, new Revocation(RevocationOutcome.AlreadyDead, now.Because));
        }

        if (!now.IsLive)
        {
            return (now, new Revocation(RevocationOutcome.NotSent, "only a key that is seen live is revoked"));
        }

        if (earlier is { IsAccepted: true, Outcome: null })
        {
            return await Confirm(key, earlier.Id, cancellation);
        }

        return await Send(key, earlier is { Outcome: null } ? earlier.Id : Guid.NewGuid().ToString(), now, cancellation);
    }

    private static string Words(ApiAnswer answer) => answer switch
    {
        ApiAnswer.Answer { Status: var status } => string.Create(CultureInfo.InvariantCulture, $"the request was answered {status}"),
        ApiAnswer.NoAnswer none => none.Because,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<(Verification Verification, Revocation Revocation)> Send(Secret key, string attempt, Verification live, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var request = 1; ; request++)
        {
            audit.Add(new AuditEntry(AuditEvent.Intent, key.Sha256, attempt, $"POST {api.Url.GetLeftPart(UriPartial.Authority)}{api.Paths[ApiOptions.RevokePath]}"));
            var answer = await client.Revoke(key, options.Reason, attempt, cancellation);
            var isAccepted = answer is ApiAnswer.Answer { Status: >= 200 and < 300, Body: not AnswerBody.Foreign };
            audit.Add(new AuditEntry(AuditEvent.Answer, key.Sha256, attempt, isAccepted ? $"{Attempt.Accepted}, {Words(answer)}" : Words(answer)));
            switch (answer)
            {
                case ApiAnswer.Answer when isAccepted:
                    return await Confirm(key, attempt, cancellation);
                case ApiAnswer.Answer { Status: 404 or 405 or 501 }:
                    return End(key, attempt, live, RevocationOutcome.NotSupported, Words(answer));
                case ApiAnswer.Answer { IsTransient: false, Status: not 401 and >= 300 }:
                    return End(key, attempt, live, RevocationOutcome.Refused, Words(answer));
                default:
                    break;
            }

            // It may have been carried out all the same: the key itself tells.
            await Task.Delay(answer is ApiAnswer.Answer { RetryAfter: { } asked } && asked < options.Wait ? asked : pause, time, cancellation);
            pause *= 2;
            var now = await verifier.Verify(key, VerifyMode.Liveness, cancellation);
            if (now.Liveness == Liveness.Dead)
            {
                return End(key, attempt, now, RevocationOutcome.Confirmed, $"{Words(answer)}, but then {now.Because}");
            }

            if (!now.IsLive || request == MostRequests)
            {
                return End(key, attempt, now, RevocationOutcome.Unknown, now.IsLive ? $"{Words(answer)}, and the key is live" : $"{Words(answer)}, and then {now.Because}");
            }

            live = now;
        }
    }

    /// <summary>Asks until the key is refused or the time is up. Nothing but a refusal counts.</summary>
    private async Task<(Verification Verification, Revocation Revocation)> Confirm(Secret key, string attempt, CancellationToken cancellation)
    {
        var deadline = time.GetUtcNow() + options.Wait;
        var pause = FirstPause;
        while (true)
        {
            var now = await verifier.Verify(key, VerifyMode.Liveness, cancellation);
            if (now.Liveness == Liveness.Dead)
            {
                return End(key, attempt, now, RevocationOutcome.Confirmed, now.Because);
            }

            if (time.GetUtcNow() + pause > deadline)
            {
                return now.IsLive
                    ? End(key, attempt, now, RevocationOutcome.StillLive, string.Create(CultureInfo.InvariantCulture, $"{now.Because} {options.Wait.TotalSeconds:0.#} s later"))
                    : End(key, attempt, now, RevocationOutcome.Unknown, $"the request was accepted, but {now.Because}");
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause < LongestPause ? pause * 2 : pause;
        }
    }

    private (Verification Verification, Revocation Revocation) End(Secret key, string attempt, Verification last, RevocationOutcome outcome, string because)
    {
        audit.Add(new AuditEntry(AuditEvent.Outcome, key.Sha256, attempt, outcome.ToString()));
        return (last, new Revocation(outcome, because));
    }
}
