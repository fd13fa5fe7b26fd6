using System.Diagnostics.CodeAnalysis;
using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The packs of a database, opened when something is first looked for, and its loose objects. For all threads.</summary>
internal sealed unsafe class OpenPacks(IReadOnlyList<string> folders, int hashSize) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _unopened = [];
    private volatile bool _hasUnopened;
    private volatile PackFile[] _opened = [];

    public int HashSize => hashSize;

    /// <summary>Adds packs to look into.</summary>
    public void Add(IEnumerable<string> packs)
    {
        lock (_lock)
        {
            _unopened.AddRange(packs.Where(_known.Add));
            _hasUnopened = _unopened.Count > 0;
        }
    }

    public bool IsPacked(ReadOnlySpan<byte> name) => TryFind(name, out _, out _);

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out PackFile? found, out byte* at)
    {
        foreach (var pack in All())
        {
            var position = pack.Index.Find(name);
            var offset = position < 0 ? -1 : pack.Index.Offset(position);
            if (offset >= PackFile.HeaderBytes && offset < pack.DataEnd)
            {
                found = pack;
                at = pack.Pointer + offset;
                return true;
            }
        }

        found = null;
        at = null;
        return false;
    }

    /// <summary>The file of a loose object; null when there is none.</summary>
    public string? FindLoose(ReadOnlySpan<byte> name)
    {
        var hex = Convert.ToHexStringLower(name);
        return folders.Select(folder => Path.Join(folder, hex[..2], hex[2..])).FirstOrDefault(File.Exists);
    }

    /// <summary>The objects, packed or loose, whose ids begin with these hexadecimal digits, two at least.</summary>
    public IEnumerable<ObjectId> FindByPrefix(string digits)
    {
        var prefix = digits.ToLowerInvariant();
        var first = Convert.FromHexString(prefix.PadRight(2 * hashSize, '0'));
        var packed = All().SelectMany(pack => Enumerable
            .Range(pack.Index.FindFirst(first), pack.Index.Count)
            .TakeWhile(position => position < pack.Index.Count)
            .Select(position => new ObjectId(pack.Index.Name(position)))
            .TakeWhile(id => id.ToString().StartsWith(prefix, StringComparison.Ordinal)));
        var loose = folders
            .Select(folder => new DirectoryInfo(Path.Join(folder, prefix[..2])))
            .Where(folder => folder.Exists)
            .SelectMany(folder => folder.EnumerateFiles($"{prefix[2..]}*"))
            .Select(file => ObjectId.TryParse(Encoding.UTF8.GetBytes(prefix[..2] + file.Name)))
            .OfType<ObjectId>();
        return packed.Concat(loose).Distinct();
    }

    public void Dispose()
    {
        foreach (var pack in _opened)
        {
            pack.Dispose();
        }
    }

    private PackFile[] All()
    {
        if (_hasUnopened)
        {
            lock (_lock)
            {
                _opened = [.. _opened, .. _unopened.Select(TryOpen).OfType<PackFile>()];
                _unopened.Clear();
                _hasUnopened = false;
            }
        }

        return _opened;
    }

    private PackFile? TryOpen(string path)
    {
        try
        {
            return PackFile.Open(path, hashSize, out _);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
