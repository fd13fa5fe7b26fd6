using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Changes;

/// <summary>What a tree has under a name.</summary>
/// <param name="Name">As <see cref="PathText"/> makes it of the bytes.</param>
/// <param name="Id">The file's blob or the folder's tree.</param>
/// <param name="Kind">A commit is a submodule's, and lies in another repository.</param>
/// <param name="IsLink">Whether the blob is a symbolic link's target.</param>
internal readonly record struct FolderEntry(string Name, ObjectId Id, GitObjectKind Kind, bool IsLink = false);
