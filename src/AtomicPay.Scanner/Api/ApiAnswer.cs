namespace AtomicPay.Scanner.Api;

/// <summary>What came of one request: an answer, or none.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <param name="Status">The HTTP status.</param>
    /// <param name="Body">What sort of body it has.</param>
    /// <param name="RetryAfter">How long the API asks to wait; null when it says nothing.</param>
    public sealed record Answer(int Status, AnswerBody Body, TimeSpan? RetryAfter) : ApiAnswer
    {
        /// <summary>Whether it may be another one in a while.</summary>
        public bool IsTransient => Status is 429 or >= 500;
    }

    /// <param name="Because">Why, as a sentence without its full stop; nothing in it was sent by the other side.</param>
    public sealed record NoAnswer(string Because) : ApiAnswer;
}
