namespace AtomicPay.Scanner.Api;

/// <summary>All that is kept of an answer's body. Its texts are not: they are somebody's data, and may repeat the key.</summary>
internal enum AnswerBody
{
    /// <summary>None, or not looked at.</summary>
    Unread,

    /// <summary>Not JSON by its type, or not what errors look like.</summary>
    Foreign,

    /// <summary>An error that states no type.</summary>
    ErrorWithoutType,

    /// <summary>An error of type <c>authentication_error</c>.</summary>
    AuthenticationError,

    /// <summary>An error of any other type.</summary>
    OtherError,
}
