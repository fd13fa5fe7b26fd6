namespace AtomicPay.Scanner.Sources.Git;

/// <summary>The entries of a tree object. Ends early where the bytes are not a tree's.</summary>
internal ref struct TreeEntries(ReadOnlySpan<byte> content, int hashSize)
{
    private ReadOnlySpan<byte> _rest = content;

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>Whether the entry is a submodule: its id names a commit of another repository.</summary>
    public bool IsSubmodule { get; private set; }

    public bool IsFolder { get; private set; }

    public bool IsLink { get; private set; }

    public bool MoveNext()
    {
        var space = _rest.IndexOf((byte)' ');
        var end = _rest.IndexOf((byte)0);
        if (space < 0 || end < space || _rest.Length - end - 1 < hashSize)
        {
            return false;
        }

        IsSubmodule = _rest[..space].SequenceEqual("160000"u8);
        IsFolder = _rest[..space].TrimStart((byte)'0').SequenceEqual("40000"u8);
        IsLink = _rest[..space].SequenceEqual("120000"u8);
        Name = _rest[(space + 1)..end];
        Id = _rest.Slice(end + 1, hashSize);
        _rest = _rest[(end + 1 + hashSize)..];
        return true;
    }
}
