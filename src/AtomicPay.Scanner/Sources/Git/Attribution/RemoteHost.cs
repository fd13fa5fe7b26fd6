using LibGit2Sharp;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>Which of the hosts where anybody may publish a repository has this one as a remote.</summary>
internal static class RemoteHost
{
    private static readonly string[] Public =
        ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht", "dev.azure.com", "sourceforge.net"];

    /// <summary>The first such host, or null. Nothing else of a remote's address is handed on: it may hold a password.</summary>
    public static string? Of(RepositoryLocation location)
    {
        try
        {
            // Not the repository itself, which may be of a kind that the library does not know; its configuration always is.
            using var configuration = Configuration.BuildFrom(Path.Join(location.CommonFolder, "config"));
            var addresses = configuration
                .Where(entry => entry.Key.StartsWith("remote.", StringComparison.Ordinal) && (entry.Key.EndsWith(".url", StringComparison.Ordinal) || entry.Key.EndsWith(".pushurl", StringComparison.Ordinal)))
                .Select(entry => entry.Value).ToList();
            return Array.Find(Public, host => addresses.Exists(address => IsOn(host, address)));
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>https://host/path, ssh://user@host:port/path and user@host:path.</summary>
    internal static bool IsOn(string host, string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = address.AsSpan(scheme < 0 ? 0 : scheme + "://".Length);
        var end = rest.IndexOfAny('/', ':');
        var user = rest.IndexOf('@');
        if (user >= 0 && rest[..user].Contains(':') && scheme >= 0)
        {
            // A password stands before the at sign, its colon is not that of a port.
            end = rest[(user + 1)..].IndexOfAny('/', ':') is >= 0 and var after ? user + 1 + after : -1;
        }

        var name = end < 0 ? rest : rest[..end];
        name = name[(name.LastIndexOf('@') + 1)..];
        return name.Equals(host, StringComparison.OrdinalIgnoreCase)
            || (name.Length > host.Length && name[^(host.Length + 1)] == '.' && name.EndsWith(host, StringComparison.OrdinalIgnoreCase));
    }
}
