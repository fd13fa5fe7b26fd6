namespace AtomicPay.Scanner.Reports.Sarif;

/// <summary>Reports cannot be merged; the message is a sentence for the user.</summary>
internal sealed class SarifMergeException : Exception
{
    public SarifMergeException()
    {
    }

    public SarifMergeException(string message)
        : base(message)
    {
    }

    public SarifMergeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
