using System.Security.Cryptography;
using System.Text;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Sources.Git.Remembered;

/// <summary>
/// What was found in packs before. A pack never changes, so under the same rules only those of its objects need to be read
/// again in which there was something.
/// </summary>
/// <param name="folder">Where the memories lie.</param>
/// <param name="settings">Everything that changes what is found, as text: rules, options, the build of the tool.</param>
internal sealed class PackCache(CacheFolder folder, string settings)
{
    private readonly byte[] _settings = SHA256.HashData(Encoding.UTF8.GetBytes(settings));

    public PackMemory? Recall(PackFile pack) =>
        folder.Read(NameOf(pack)) is { } bytes ? PackMemoryFormat.Read(bytes, pack, _settings) : null;

    public void Remember(PackFile pack, PackMemory memory) => folder.Write(NameOf(pack), PackMemoryFormat.Write(memory, pack, _settings));

    private string NameOf(PackFile pack) => $"{Convert.ToHexStringLower(pack.Index.PackChecksum)}-{Convert.ToHexStringLower(_settings.AsSpan(0, 8))}";
}
