namespace AtomicPay.Scanner.Containers;

/// <summary>Takes what lies in a container.</summary>
internal interface IMemberSink
{
    /// <summary>Whether it looks at pictures: those that lie in a container as bare pixels need not be made otherwise.</summary>
    bool WantsPictures { get; }

    /// <summary>Takes a member. Reading from the stream never fails; it ends early where the member cannot be read on.</summary>
    /// <param name="path">As written in the container, however hostile: it is text and never a place; empty for a format that only compresses.</param>
    /// <param name="content">Good for this call only.</param>
    /// <param name="isAgain">Whether it shows, in another form, what members before it may have shown: a key told of there is not told again.</param>
    void Accept(string path, Stream content, bool isAgain);

    /// <summary>Hears of a member, or with an empty path of the container itself, that could not be read to its end.</summary>
    void Skip(string path, string reason);
}
