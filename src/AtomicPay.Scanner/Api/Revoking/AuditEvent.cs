namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>What a line of the audit file says.</summary>
internal enum AuditEvent
{
    /// <summary>A key was seen live and is about to be revoked; written to the disk before the request is sent.</summary>
    Intent,

    /// <summary>What the request was answered.</summary>
    Answer,

    /// <summary>How the attempt ended.</summary>
    Outcome,

    /// <summary>A line that was cut short was taken off the end.</summary>
    Repaired,
}
