namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Lists the packs of an object database, each once however often it is asked.</summary>
/// <remarks>
/// Git writes a pack before its index and removes the index before the pack, so a pack without an index may be about to
/// come or to go: it counts as not there, and is told of only when it is still so at the end.
/// </remarks>
internal sealed class PackListing(IReadOnlyList<string> folders)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public bool HasNew() => List(null).Any(pack => HasIndex(pack) && !_seen.Contains(pack));

    /// <summary>The packs that were not listed before, largest first: what takes longest begins first.</summary>
    public List<string> FindNew(IObjectSink? sink = null) =>
        [.. List(sink).Where(pack => HasIndex(pack) && _seen.Add(pack)).OrderByDescending(Length).ThenBy(pack => pack, StringComparer.Ordinal)];

    /// <summary>Tells of packs that cannot be read for want of an index, and of indexes whose pack is gone.</summary>
    public void SkipHalves(IObjectSink sink)
    {
        foreach (var index in folders.SelectMany(folder => List(folder, "*.idx", null)).Where(index => !File.Exists(Path.ChangeExtension(index, ".pack")) && File.Exists(index)))
        {
            sink.Skip(null, $"the index {index} has no pack");
        }

        foreach (var pack in List(null).Where(pack => !HasIndex(pack) && File.Exists(pack)))
        {
            var isInMultiPackIndex = File.Exists(Path.Join(Path.GetDirectoryName(pack), "multi-pack-index"));
            sink.Skip(null, $"the pack {pack} has no index{(isInMultiPackIndex ? " of its own, and the multi-pack index is not read" : "")}");
        }
    }

    private static bool HasIndex(string pack) => File.Exists(Path.ChangeExtension(pack, ".idx"));

    private static long Length(string pack)
    {
        var file = new FileInfo(pack);
        return file.Exists ? file.Length : 0;
    }

    private IEnumerable<string> List(IObjectSink? sink) => folders.SelectMany(folder => List(folder, "*.pack", sink));

    private static string[] List(string folder, string pattern, IObjectSink? sink)
    {
        try
        {
            return Directory.GetFiles(Path.Join(folder, "pack"), pattern);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            sink?.Skip(null, $"the packs of {folder} could not be listed: {failure.Message}");
            return [];
        }
    }
}
