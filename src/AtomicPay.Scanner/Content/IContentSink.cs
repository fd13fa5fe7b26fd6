namespace AtomicPay.Scanner.Content;

/// <summary>Takes what a source reads. Called from many threads at once; a span is valid for the call only.</summary>
internal interface IContentSink
{
    /// <summary>Takes a whole content.</summary>
    void Accept(ReadOnlySpan<byte> content, Origin origin);

    /// <summary>
    /// Takes one window of a content that is too large to hold at once. Windows come in order and overlap by
    /// <see cref="ContentWindow.Overlap"/> bytes, so that nothing on a seam is lost.
    /// </summary>
    void Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position);

    void Skip(Skipped skipped);
}
