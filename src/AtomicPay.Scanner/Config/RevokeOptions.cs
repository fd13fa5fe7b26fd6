namespace AtomicPay.Scanner.Config;

/// <summary>How keys are to be revoked.</summary>
internal sealed record RevokeOptions
{
    /// <summary>Whether only to say what would be done.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Whether to go on without a question on the terminal.</summary>
    public bool Yes { get; init; }

    /// <summary>More live keys than this are not revoked without a question; null for no such limit.</summary>
    public int? Max { get; init; }

    /// <summary>Sent along; whoever reads the API's own log will see it.</summary>
    public string Reason { get; init; } = "The key was found where it does not belong (atomicpay-scan).";

    /// <summary>How long to wait, after a revocation was accepted, for the key to be refused.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The audit file; null for the one in the user's own state folder.</summary>
    public string? AuditFile { get; init; }
}
