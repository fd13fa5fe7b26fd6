using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>What the audit file knows of the last attempt to revoke a key.</summary>
/// <param name="Id">Its Idempotency-Key.</param>
/// <param name="IsAccepted">Whether the API said yes.</param>
/// <param name="Outcome">How it ended; null when the run that made it was cut short.</param>
internal sealed record Attempt(string Id, bool IsAccepted, RevocationOutcome? Outcome)
{
    /// <summary>What is written down for an answer that says yes.</summary>
    public const string Accepted = "accepted";

    /// <summary>The last attempt for that key; null when there was none.</summary>
    public static Attempt? Last(IEnumerable<AuditEntry> entries, Secret key)
    {
        Attempt? last = null;
        foreach (var entry in entries.Where(e => e.Key == key.Sha256))
        {
            last = entry.Event switch
            {
                AuditEvent.Intent when last?.Id == entry.Attempt => last with { IsAccepted = false, Outcome = null },
                AuditEvent.Intent => new Attempt(entry.Attempt, IsAccepted: false, Outcome: null),
                AuditEvent.Answer when last is not null => last with { IsAccepted = entry.Text.StartsWith(Accepted, StringComparison.Ordinal) },
                AuditEvent.Outcome when last is not null && Enum.TryParse<RevocationOutcome>(entry.Text, out var outcome) => last with { Outcome = outcome },
                _ => last,
            };
        }

        return last;
    }
}
