namespace AtomicPay.Scanner.Content;

/// <summary>Takes what a source reads. Called from many threads at once; a span is valid for the call only.</summary>
internal interface IContentSink
{
    /// <summary>Takes a whole content; says what came of it, for sources that remember what they read.</summary>
    ContentOutcome Accept(ReadOnlySpan<byte> content, Origin origin);

    /// <summary>
    /// Takes one window of a content that is too large to hold at once. Windows come in order and overlap by
    /// <see cref="ContentWindow.Overlap"/> bytes, so that nothing on a seam is lost.
    /// </summary>
    ContentOutcome Accept(ReadOnlySpan<byte> window, Origin origin, ContentWindow position);

    /// <summary>Whether a content that begins with these bytes can only be opened whole: a picture or an archive, not text.</summary>
    bool NeedsWhole(ReadOnlySpan<byte> head);

    /// <summary>Whether a content that begins with these bytes should be held whole unless it is very large: text with pictures or archives in it.</summary>
    bool PrefersWhole(ReadOnlySpan<byte> head) => false;

    /// <summary>
    /// Whether a content could hold a key at all, asked by sources for which handing on a content costs more than a look.
    /// What it denies need not be handed on, but counted: <see cref="CountClean"/>.
    /// </summary>
    bool MayHoldKey(ReadOnlySpan<byte> content);

    /// <summary>Counts a git object that was looked at and not handed on.</summary>
    void CountClean(long bytes);

    /// <summary>Counts what an earlier scan looked at and had nothing to tell of, pictures by their SHA-256.</summary>
    void CountRemembered(ContentTally tally, IEnumerable<string> cleanPictures);

    void Skip(Skipped skipped);
}
