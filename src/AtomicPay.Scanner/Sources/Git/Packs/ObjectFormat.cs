using AtomicPay.Scanner.Sources.Files;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Which hash names a repository's objects, and the other extensions of its format.</summary>
internal static class ObjectFormat
{
    public const int Sha1Bytes = 20;
    public const int Sha256Bytes = 32;

    /// <summary>Reads <c>extensions.objectFormat</c> of a repository's <c>config</c>; a file that is not there means SHA-1. Null for a hash that is not known.</summary>
    public static int? ReadHashSize(string configFile) => ReadExtension(configFile, "objectformat") switch
    {
        null or "sha1" => Sha1Bytes,
        "sha256" => Sha256Bytes,
        _ => null,
    };

    /// <summary>A value of the section <c>extensions</c>, named in lower case; null where it is not set.</summary>
    public static string? ReadExtension(string configFile, string name)
    {
        string? value = null;
        var isExtensions = false;
        foreach (var line in TextFile.Lines(configFile).Select(line => line.Trim()))
        {
            var entry = line;
            if (line.StartsWith('['))
            {
                var close = line.IndexOf(']', StringComparison.Ordinal);
                isExtensions = close > 0 && line[1..close].Trim().Equals("extensions", StringComparison.OrdinalIgnoreCase);
                entry = line[(close + 1)..].Trim();
            }

            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (isExtensions && equals > 0 && entry[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = entry[(equals + 1)..].Split('#', ';')[0].Trim().Trim('"');
            }
        }

        return value;
    }
}
