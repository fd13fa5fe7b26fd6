using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Reads single objects of a database by their ids, for one thread: packs are mapped, not read, so another reader for
/// another thread costs next to nothing.
/// </summary>
internal sealed class ObjectReader : IDisposable
{
    /// <summary>Bytes of objects that are kept for those that are deltas on them.</summary>
    private const long HeldBytes = 48L << 20;

    // Nothing is streamed here, so that all which fits an array is read.
    private static readonly ReadOptions Options = new() { LargestBase = long.MaxValue };

    private readonly string _objectsFolder;
    private readonly PackListing _listing;
    private readonly ObjectLookup _lookup;

    /// <param name="objectsFolder">The folder <c>objects</c> of a repository.</param>
    /// <param name="hashSize">Bytes of an object's name; see <see cref="ObjectFormat"/>.</param>
    public ObjectReader(string objectsFolder, int hashSize)
    {
        _objectsFolder = objectsFolder;
        HashSize = hashSize;
        var folders = ObjectFolders.Find(objectsFolder, _ => { });
        _listing = new PackListing(folders);
        _lookup = new ObjectLookup(folders, hashSize, Options, new ObjectCache(HeldBytes));
        _lookup.Add(_listing.FindNew());
    }

    public int HashSize { get; }

    /// <summary>A reader of the same database for another thread.</summary>
    public ObjectReader ForAnotherThread() => new(_objectsFolder, HashSize);

    /// <summary>False with what became of the object, to be read after its id. The content may not be changed.</summary>
    public bool TryRead(ObjectId id, out GitObjectKind kind, out ReadOnlyMemory<byte> content, out string fate)
    {
        var name = id.ToArray();
        if (!_lookup.TryLoad(name, out var bytes, out var length, out kind, out fate))
        {
            // It may have moved to a new pack since the packs were listed.
            if (_listing.FindNew() is not { Count: > 0 } packs)
            {
                content = default;
                return false;
            }

            _lookup.Add(packs);
            if (!_lookup.TryLoad(name, out bytes, out length, out kind, out fate))
            {
                content = default;
                return false;
            }
        }

        content = bytes.AsMemory(0, length);
        return true;
    }

    /// <exception cref="UnreadableObjectException">It is missing, damaged or of another kind.</exception>
    public ReadOnlyMemory<byte> Read(ObjectId id, GitObjectKind kind)
    {
        var isRead = TryRead(id, out var actual, out var content, out var fate);
        return isRead && actual == kind
            ? content
            : throw new UnreadableObjectException($"{kind.ToString().ToLowerInvariant()} {id} {(isRead ? "is something else" : fate)}");
    }

    public void Dispose() => _lookup.Dispose();
}
