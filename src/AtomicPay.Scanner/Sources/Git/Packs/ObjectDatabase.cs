using System.Collections.Concurrent;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// Everything in a git object database: packs, loose objects, and those of the alternates. What cannot be read is told to
/// the sink, and the rest goes on.
/// </summary>
internal sealed class ObjectDatabase
{
    // Whoever repacks more often than this while we read is not going to stop.
    private const int MostListings = 8;

    private readonly string _folder;
    private readonly int _hashSize;

    private ObjectDatabase(string folder, int hashSize)
    {
        _folder = folder;
        _hashSize = hashSize;
    }

    /// <param name="objectsFolder">The folder <c>objects</c> of a repository.</param>
    /// <param name="hashSize">Bytes of an object's name; see <see cref="ObjectFormat"/>.</param>
    public static ObjectDatabase Open(string objectsFolder, int hashSize)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hashSize is ObjectFormat.Sha1Bytes or ObjectFormat.Sha256Bytes, true, nameof(hashSize));
        return new ObjectDatabase(objectsFolder, hashSize);
    }

    /// <summary>Hands every object to the sink. Throws what the sink throws, and when it is cancelled.</summary>
    public void ReadAll(IObjectSink sink, ReadOptions options, CancellationToken cancellation)
    {
        var folders = ObjectFolders.Find(_folder, reason => sink.Skip(null, reason));
        using var open = new OpenPacks(folders, _hashSize);
        var lookup = new ObjectLookup(open, options);
        var listing = new PackListing(folders);
        var vanishedObjects = new ConcurrentQueue<ObjectId>();
        for (var round = 0; ; round++)
        {
            var vanishedPacks = new ConcurrentQueue<string>();
            var queue = new WorkQueue();
            var packs = listing.FindNew(sink);
            open.Add(packs);
            packs.ForEach(pack => queue.Add(new Work.Pack(pack)));
            if (round == 0)
            {
                AddLooseFolders(folders, queue, sink);
            }

            var reading = new Reading(_hashSize, options, sink, queue, open, lookup, vanishedPacks.Enqueue, vanishedObjects.Enqueue);
            reading.Run(cancellation);

            // What a repack removed, be it before we could even list it, is in a pack that was not there when we looked.
            if (round < MostListings && listing.HasNew())
            {
                continue;
            }

            foreach (var pack in vanishedPacks)
            {
                sink.Skip(null, $"the pack {pack} was removed while it was being read");
            }

            break;
        }

        listing.SkipHalves(sink);
        foreach (var id in vanishedObjects.Where(id => !open.IsPacked(id.ToArray())))
        {
            sink.Skip(id, "it was removed while it was being read");
        }
    }

    private static void AddLooseFolders(IReadOnlyList<string> folders, WorkQueue queue, IObjectSink sink)
    {
        foreach (var folder in folders)
        {
            try
            {
                foreach (var prefix in Directory.EnumerateDirectories(folder, "??").Order(StringComparer.Ordinal))
                {
                    if (Path.GetFileName(prefix).All(char.IsAsciiHexDigit))
                    {
                        queue.Add(new Work.LooseFolder(prefix));
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                sink.Skip(null, $"the object folder {folder} could not be read: {failure.Message}");
            }
        }
    }
}
