using LibGit2Sharp;

namespace AtomicPay.Scanner.Sources.Git;

/// <summary>Opens a repository for its refs, commits and trees, without its index.</summary>
internal static class RepositoryOpening
{
    // A path that nothing can lie at is an empty index.
    private const string NoIndex = "/dev/null/no-index";

    /// <exception cref="LibGit2SharpException">It cannot be opened.</exception>
    public static Repository Open(RepositoryLocation location)
    {
        // Who owns a repository matters to programs that run what it configures. This one runs nothing, and a container's
        // checkout often belongs to another user.
        GlobalSettings.SetOwnerValidation(false);
        try
        {
            // To parse and hash the index of 30,000 files takes ten times as long as all the rest of opening.
            return new Repository(location.GitFolder, new RepositoryOptions { IndexPath = NoIndex });
        }
        catch (ArgumentException)
        {
            // A bare repository may not be given an index, and reads none.
            return new Repository(location.GitFolder);
        }
    }
}
