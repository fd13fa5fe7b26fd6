namespace AtomicPay.Scanner.Containers;

/// <summary>Takes what lies in a container.</summary>
internal interface IMemberSink
{
    /// <summary>Takes a member. Reading from the stream never fails; it ends early where the member cannot be read on.</summary>
    /// <param name="path">As written in the container, however hostile: it is text and never a place; empty for a format that only compresses.</param>
    /// <param name="content">Good for this call only.</param>
    void Accept(string path, Stream content);

    /// <summary>Hears of a member, or with an empty path of the container itself, that could not be read to its end.</summary>
    void Skip(string path, string reason);
}
