namespace AtomicPay.Scanner.Containers;

/// <summary>One kind of archive, document or compressed stream: content in, contents out.</summary>
internal interface IContainerFormat
{
    /// <summary>What reports call it in a finding's decoding steps: <c>zip</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether it only shows a text in another form, so that a key which the text shows as it stands is told of at its line there.
    /// </summary>
    bool IsOtherView => false;

    /// <summary>Whether a content that begins with these bytes is of this format. Names are never asked: they lie too often.</summary>
    bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>
    /// Hands on what lies in the content. May throw whatever its parser throws on damaged content: what was handed on before
    /// stays found, and the rest is reported as not scanned.
    /// </summary>
    void Open(ReadOnlySpan<byte> content, Members members);
}
