namespace AtomicPay.Scanner.Hooks;

/// <summary>A hook cannot be installed or taken out; the message is a sentence for the user.</summary>
internal sealed class HookException : Exception
{
    public HookException()
    {
    }

    public HookException(string message)
        : base(message)
    {
    }

    public HookException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
