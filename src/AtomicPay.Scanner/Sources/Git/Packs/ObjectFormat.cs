namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Which hash names a repository's objects.</summary>
internal static class ObjectFormat
{
    public const int Sha1Bytes = 20;
    public const int Sha256Bytes = 32;

    /// <summary>Reads <c>extensions.objectFormat</c> of a repository's <c>config</c>; a file that is not there means SHA-1. Null for a hash that is not known.</summary>
    public static int? ReadHashSize(string configFile) => GitConfig.Read(configFile, "extensions", "objectformat") switch
    {
        null or "sha1" => Sha1Bytes,
        "sha256" => Sha256Bytes,
        _ => null,
    };
}
