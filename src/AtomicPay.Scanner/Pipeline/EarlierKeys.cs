using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Lfs;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>
/// Which keys a blob holds, found as they are found anywhere: encoded, packed or in a picture. Asked of the versions before a
/// change, only when the change holds a key, to tell a key that it brings from one that was there.
/// </summary>
internal sealed class EarlierKeys(ObjectReader objects, LfsStore lfs, RuleSet rules, PictureScanner? pictures, ContainerLimits? containers, CancellationToken cancellation)
{
    private readonly Dictionary<ObjectId, HashSet<Secret>> _known = [];

    public bool IsIn(ObjectId blob, Secret key)
    {
        if (!_known.TryGetValue(blob, out var keys))
        {
            // A version that cannot be read holds no key that is known: then the key counts as new, and is reported.
            var scanner = new ContentScanner(rules, pictures, containers, cancellation);
            BlobReading.Read(objects, lfs, blob, new Origin.GitObject("", blob, GitObjectKind.Blob), scanner, cancellation);
            _known[blob] = keys = [.. scanner.Detections.Select(d => d.Secret)];
        }

        return keys.Contains(key);
    }

    /// <summary>Whether a file or folder of this path has the key in its name.</summary>
    public bool IsInName(string path, Secret key)
    {
        var scanner = new ContentScanner(rules, pictures: null, containers: null, cancellation);
        scanner.Accept(PathText.Encode(path), new Origin.FileName(path, Commit: null));
        return scanner.Detections.Any(d => d.Secret.Equals(key));
    }
}
