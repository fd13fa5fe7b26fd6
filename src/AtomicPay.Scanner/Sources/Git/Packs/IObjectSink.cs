using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Takes every object of a database, in no particular order. Called from many threads at once; header and span are valid
/// for the call only. An object that lies in several packs may come several times.
/// </summary>
internal interface IObjectSink
{
    /// <summary>
    /// Takes a whole object. True when something in it may be a match, or when it has to be looked at as a whole (an
    /// archive, a picture): then objects that are deltas on it come whole as well. False promises that an object made of
    /// its bytes can hold nothing new but in what <see cref="IsWanted"/> is shown.
    /// </summary>
    bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content);

    /// <summary>
    /// Shows what is new in an object whose delta base <see cref="Accept"/> or this called clean: the content's beginning
    /// (<see cref="ReadOptions.Margin"/> bytes, so that its type can be told), inserted bytes, and
    /// <see cref="ReadOptions.Margin"/> bytes on either side of every seam. What lies between is left out, so runs may
    /// touch that do not touch in the object. False and the object is done with; true and it comes whole to
    /// <see cref="Accept"/>.
    /// </summary>
    bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh);

    /// <summary>
    /// Takes a piece of an object too large to be held. Pieces come in order and each repeats the end of the one before
    /// (<see cref="ReadOptions.WindowOverlap"/>); the last ends at the header's size.
    /// </summary>
    void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset);

    /// <summary>
    /// Hears of an object that could not be read, with its kind where that is known, or of several that have no name (a pack, a
    /// folder).
    /// </summary>
    void Skip(ObjectId? id, string reason, GitObjectKind? kind = null);

    /// <summary>
    /// Asked before a pack is read: the sink for what it holds. Of a pack that the sink knows it may name the few objects that
    /// it wants, all of which the pack's index must have; null and it wants all.
    /// </summary>
    IObjectSink OfPack(PackFile pack, out IReadOnlyCollection<ObjectId>? wanted)
    {
        wanted = null;
        return this;
    }

    /// <summary>Hears that its pack was read to the end. Not called when the reading was interrupted.</summary>
    void Finish()
    {
    }
}
