namespace AtomicPay.Scanner.Pipeline;

/// <summary>A scan that cannot be done as it was asked for; the message says what to ask instead.</summary>
internal sealed class ScanRequestException : Exception
{
    public ScanRequestException()
    {
    }

    public ScanRequestException(string message)
        : base(message)
    {
    }

    public ScanRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
