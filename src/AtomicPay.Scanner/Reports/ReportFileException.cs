namespace AtomicPay.Scanner.Reports;

/// <summary>A report could not be written; the message is a sentence for the user.</summary>
internal sealed class ReportFileException : Exception
{
    public ReportFileException()
    {
    }

    public ReportFileException(string message)
        : base(message)
    {
    }

    public ReportFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
