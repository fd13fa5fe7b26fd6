using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Staging;

/// <summary>
/// A folder in the index's cache-tree extension: which tree its entries would make, as long as nothing below was staged
/// since that tree was written or read.
/// </summary>
/// <param name="Id">The tree; null after a change below.</param>
internal sealed record CachedTree(ObjectId? Id)
{
    public Dictionary<string, CachedTree> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the extension's content: folders in pre-order, each saying how many follow as its own.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static CachedTree Parse(ReadOnlySpan<byte> bytes, int hashSize)
    {
        CachedTree? root = null;
        var open = new Stack<(CachedTree Tree, int Missing)>();
        while (!bytes.IsEmpty)
        {
            var name = PathText.Decode(Take(ref bytes, (byte)'\0'));
            var entries = Number(Take(ref bytes, (byte)' '));
            var folders = Number(Take(ref bytes, (byte)'\n'));
            if (entries >= 0 && bytes.Length < hashSize)
            {
                throw Damaged();
            }

            var tree = new CachedTree(entries < 0 ? null : new ObjectId(bytes[..hashSize]));
            bytes = entries < 0 ? bytes : bytes[hashSize..];
            if (open.TryPop(out var parent))
            {
                parent.Tree.Folders[name] = tree;
                if (parent.Missing > 1)
                {
                    open.Push((parent.Tree, parent.Missing - 1));
                }
            }
            else if (root is null)
            {
                root = tree;
            }
            else
            {
                throw Damaged();
            }

            if (folders > 0)
            {
                open.Push((tree, folders));
            }
        }

        return root ?? throw Damaged();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, byte end)
    {
        var length = bytes.IndexOf(end);
        if (length < 0)
        {
            throw Damaged();
        }

        var taken = bytes[..length];
        bytes = bytes[(length + 1)..];
        return taken;
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        int.TryParse(digits, System.Globalization.NumberStyles.AllowLeadingSign, null, out var number) ? number : throw Damaged();

    private static InvalidDataException Damaged() => new("its cache-tree is damaged");
}
