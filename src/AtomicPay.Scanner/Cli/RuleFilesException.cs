namespace AtomicPay.Scanner.Cli;

/// <summary>Files of rules that cannot be used; the message says on a line for each mistake where it is and what to write instead.</summary>
internal sealed class RuleFilesException : Exception
{
    public RuleFilesException()
    {
    }

    public RuleFilesException(string message)
        : base(message)
    {
    }

    public RuleFilesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
