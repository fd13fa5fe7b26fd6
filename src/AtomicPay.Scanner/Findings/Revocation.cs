namespace AtomicPay.Scanner.Findings;

/// <summary>What came of revoking a key.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Because">What that rests on, as a sentence without its full stop; it holds nothing that the API sent.</param>
internal sealed record Revocation(RevocationOutcome Outcome, string Because)
{
    /// <summary>Whether the key is known to be dead.</summary>
    public bool IsDone => Outcome is RevocationOutcome.Confirmed or RevocationOutcome.AlreadyDead;
}
