namespace AtomicPay.Scanner.Content;

/// <summary>Where a run of bytes came from. Origins nest: a picture inside an archive inside a commit says all three.</summary>
internal abstract record Origin
{
    private Origin()
    {
    }

    /// <summary>A file of the working tree or of a plain folder; the path is relative to the scanned root, with forward slashes.</summary>
    public sealed record File(string Path) : Origin
    {
        public override string ToString() => Path;
    }

    /// <summary>A version of a file that is staged; the path is relative to the top of the work tree. A path in conflict has several.</summary>
    public sealed record Staged(string Path, ObjectId Blob) : Origin
    {
        public override string ToString() => Path;
    }

    /// <summary>The last component of a path: what a file or folder is called.</summary>
    /// <param name="Path">Relative to the scanned root.</param>
    /// <param name="Commit">The commit that brought the name; null outside of history.</param>
    public sealed record FileName(string Path, ObjectId? Commit) : Origin
    {
        public override string ToString() => $"the name {Path}";
    }

    /// <summary>
    /// The name of an entry of a git tree. A name lies in every version of its folder, so the paths and commits are looked up
    /// later, from all of the trees in which a key was found.
    /// </summary>
    public sealed record TreeEntry(string Repository, ObjectId Tree, string Name) : Origin
    {
        public override string ToString() => Repository.Length == 0 ? $"the name {Name} in tree {Tree}" : $"{Repository}: the name {Name} in tree {Tree}";
    }

    /// <summary>The full name of a ref, such as <c>refs/heads/main</c>.</summary>
    public sealed record RefName(string Repository, string Name) : Origin
    {
        public override string ToString() => Repository.Length == 0 ? Name : $"{Repository}: {Name}";
    }

    public sealed record StandardInput : Origin
    {
        public override string ToString() => "standard input";
    }

    /// <summary>A file inside <c>.git</c> that is not an object: configuration, reflogs, packed refs.</summary>
    public sealed record GitInternal(string Path) : Origin
    {
        public override string ToString() => Path;
    }

    /// <summary>
    /// An object of a git object database. Which commit and path brought it is looked up later, for objects with a finding.
    /// </summary>
    /// <param name="Repository">The repository's folder relative to the scanned root: empty for the root itself.</param>
    /// <param name="Id">Its name.</param>
    /// <param name="Kind">Null for an object so damaged that this is not known.</param>
    public sealed record GitObject(string Repository, ObjectId Id, GitObjectKind? Kind) : Origin
    {
        public override string ToString() => Repository.Length == 0 ? Name : $"{Repository}: {Name}";

        private string Name => $"{Kind?.ToString().ToLowerInvariant() ?? "object"} {Id}";
    }

    /// <summary>A member of an archive or document.</summary>
    /// <param name="Archive">Where the archive lies.</param>
    /// <param name="Path">As written in the archive; empty for a format that only compresses, whose content has no name of its own.</param>
    /// <param name="Format">What the archive is: <c>zip</c>.</param>
    public sealed record ArchiveMember(Origin Archive, string Path, string Format) : Origin
    {
        /// <summary>The member's path, when that of the archive is <paramref name="archivePath"/>.</summary>
        public string PathIn(string archivePath) => Path.Length == 0 ? archivePath : $"{archivePath}!/{Path}";

        public override string ToString() => PathIn(Archive.ToString());
    }
}
