using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Reads single objects of a database by their ids, for one thread: packs are mapped, not read, so another reader for
/// another thread costs next to nothing.
/// </summary>
internal sealed class ObjectReader : IDisposable
{
    /// <summary>Bytes of objects that are kept for those that are deltas on them.</summary>
    private const long HeldBytes = 16L << 20;

    // Nothing is streamed here, so that all which fits an array is read.
    private static readonly ReadOptions Options = new() { LargestBase = long.MaxValue };

    private readonly OpenPacks _packs;
    private readonly PackListing _listing;
    private readonly ObjectLookup _lookup;
    private readonly bool _isOwner;

    /// <param name="objectsFolder">The folder <c>objects</c> of a repository.</param>
    /// <param name="hashSize">Bytes of an object's name; see <see cref="ObjectFormat"/>.</param>
    public ObjectReader(string objectsFolder, int hashSize)
    {
        var folders = ObjectFolders.Find(objectsFolder, _ => { });
        _packs = new OpenPacks(folders, hashSize);
        (_listing, _isOwner) = (new PackListing(folders), true);
        _packs.Add(_listing.FindNew());
        _lookup = new ObjectLookup(_packs, Options, new ObjectCache(HeldBytes));
    }

    private ObjectReader(ObjectReader other)
    {
        (_packs, _listing) = (other._packs, other._listing);
        _lookup = new ObjectLookup(_packs, Options, new ObjectCache(HeldBytes));
    }

    public int HashSize => _packs.HashSize;

    /// <summary>A reader of the same packs for another thread. This one has to outlive it.</summary>
    public ObjectReader ForAnotherThread() => new(this);

    /// <summary>Null with what became of the object, to be read after its id.</summary>
    public LoadedObject? TryRead(ObjectId id, out string fate)
    {
        var name = id.ToArray();
        if (_lookup.TryLoad(name, out _) is { } content)
        {
            fate = "was read";
            return content;
        }

        // It may have moved to a new pack since the packs were listed.
        lock (_listing)
        {
            _packs.Add(_listing.FindNew());
        }

        return _lookup.TryLoad(name, out fate);
    }

    /// <exception cref="UnreadableObjectException">It is missing, damaged or of another kind.</exception>
    public LoadedObject Read(ObjectId id, GitObjectKind kind)
    {
        if (TryRead(id, out var fate) is { } content)
        {
            if (content.Kind == kind)
            {
                return content;
            }

            content.Dispose();
            fate = "is something else";
        }

        throw new UnreadableObjectException($"{kind.ToString().ToLowerInvariant()} {id} {fate}");
    }

    /// <summary>The objects whose ids begin with these hexadecimal digits, two at least.</summary>
    public IEnumerable<ObjectId> FindByPrefix(string digits) => _packs.FindByPrefix(digits);

    public void Dispose()
    {
        if (_isOwner)
        {
            _packs.Dispose();
        }
    }
}
