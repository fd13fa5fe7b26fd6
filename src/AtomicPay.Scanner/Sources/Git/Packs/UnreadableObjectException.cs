namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>An object that others name is missing or damaged; the message says which.</summary>
internal sealed class UnreadableObjectException : Exception
{
    public UnreadableObjectException()
    {
    }

    public UnreadableObjectException(string message)
        : base(message)
    {
    }

    public UnreadableObjectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
