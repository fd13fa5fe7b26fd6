namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>The audit file cannot be trusted or written, so that nothing may be revoked. The message says what to do.</summary>
internal sealed class AuditException : Exception
{
    public AuditException()
    {
    }

    public AuditException(string message)
        : base(message)
    {
    }

    public AuditException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
