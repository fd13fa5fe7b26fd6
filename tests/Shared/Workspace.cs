using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.Testing;

/// <summary>A folder for one test, removed afterwards, with git at hand.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly Dictionary<string, string?> GitEnvironment = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "A Developer",
        ["GIT_AUTHOR_EMAIL"] = "developer@example.com",
        ["GIT_COMMITTER_NAME"] = "A Developer",
        ["GIT_COMMITTER_EMAIL"] = "developer@example.com",
        ["GIT_AUTHOR_DATE"] = "2026-03-02T10:00:00Z",
        ["GIT_COMMITTER_DATE"] = "2026-03-02T10:00:00Z",
    };

    public Workspace() => Root = Directory.CreateTempSubdirectory("atomicpay-test-").FullName;

    public string Root { get; }

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] bytes)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Git(params string[] arguments) => GitIn(Root, arguments);

    public static string GitIn(string folder, params string[] arguments) =>
        CliWrap.Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(GitEnvironment)
            .ExecuteBufferedAsync().GetAwaiter().GetResult().StandardOutput.TrimEnd('\n');

    public void NewRepository() => Git("init", "--quiet", "--initial-branch=main");

    /// <summary>Commits everything that lies in the folder; says the commit's id.</summary>
    public string Commit(string message)
    {
        Git("add", "--all", "--force");
        Git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", message);
        return Git("rev-parse", "HEAD");
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
