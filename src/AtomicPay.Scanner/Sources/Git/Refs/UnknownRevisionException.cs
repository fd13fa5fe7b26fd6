namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>A name that leads to no commit, or to several; the message is a sentence for the user.</summary>
internal sealed class UnknownRevisionException : Exception
{
    public UnknownRevisionException()
    {
    }

    public UnknownRevisionException(string message)
        : base(message)
    {
    }

    public UnknownRevisionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
