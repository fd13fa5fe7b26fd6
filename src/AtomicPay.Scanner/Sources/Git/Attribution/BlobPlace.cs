using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>A blob at a path, relative to the tree that was asked about.</summary>
internal readonly record struct BlobPlace(ObjectId Blob, string Path);
