using System.Text;
using AtomicPay.Scanner.Sources.Git;
using LibGit2Sharp;

namespace AtomicPay.Scanner.Hooks;

/// <summary>The pre-commit hook of a repository: where git looks for it, and the script that scans what is staged.</summary>
internal sealed class PreCommitHook
{
    /// <summary>The line that tells a hook of ours from everybody else's, whatever version wrote it.</summary>
    private const string Mark = "# Written by atomicpay-scan: \"atomicpay-scan hook uninstall\" takes it out again.";

    private PreCommitHook(string file) => File = file;

    /// <summary>The file that git runs.</summary>
    public string File { get; }

    public HookState State =>
        !System.IO.File.Exists(File) ? HookState.Absent
        : System.IO.File.ReadLines(File).Take(5).Contains(Mark) ? HookState.Ours
        : HookState.Foreign;

    /// <summary>Finds the hook of the repository around a folder.</summary>
    /// <exception cref="HookException">There is no repository with a work tree, or another program keeps its hooks.</exception>
    public static PreCommitHook Of(string folder)
    {
        if (RepositoryDiscovery.Find(folder, Environment.GetEnvironmentVariable) is not { WorkTree: { } workTree, Location: var location })
        {
            throw new HookException($"{folder} does not lie in the work tree of a git repository; go to one, or name it: atomicpay-scan hook install PATH");
        }

        var hooks = HooksFolder(location, workTree);
        if (hooks.Replace('\\', '/').EndsWith("/.husky/_", StringComparison.Ordinal))
        {
            throw new HookException("Husky keeps this repository's hooks: add the line \"atomicpay-scan --staged\" to .husky/pre-commit");
        }

        return new PreCommitHook(Path.Join(hooks, "pre-commit"));
    }

    /// <summary>Writes the hook, also over an earlier one of ours.</summary>
    /// <param name="scanner">The program to run: a path, or a name that is looked for on the PATH.</param>
    /// <exception cref="HookException">A hook of somebody else stands there.</exception>
    public void Install(string scanner)
    {
        if (State == HookState.Foreign)
        {
            throw new HookException($"{File} is a hook that atomicpay-scan did not write, so it stays as it is; add this line to it: atomicpay-scan --staged || exit 1");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, Script(scanner), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>Takes the hook out.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="HookException">The hook there is somebody else's.</exception>
    public bool Uninstall()
    {
        switch (State)
        {
            case HookState.Absent:
                return false;
            case HookState.Foreign:
                throw new HookException($"{File} is a hook that atomicpay-scan did not write, so it stays as it is");
            default:
                System.IO.File.Delete(File);
                return true;
        }
    }

    /// <summary>As git finds it: <c>core.hooksPath</c>, from the top of the work tree, or the folder <c>hooks</c> that all work trees share.</summary>
    private static string HooksFolder(RepositoryLocation location, string workTree)
    {
        using var configuration = Configuration.BuildFrom(Path.Join(location.CommonFolder, "config"));
        var configured = configuration.Get<string>("core.hooksPath")?.Value;
        if (string.IsNullOrEmpty(configured))
        {
            return Path.Join(location.CommonFolder, "hooks");
        }

        return configured.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), configured[2..])
            : Path.GetFullPath(configured, workTree);
    }

    /// <summary>Git for Windows brings the shell that this is written for.</summary>
    private static string Script(string scanner) => $$"""
        #!/bin/sh
        {{Mark}}
        scanner={{Quoted(scanner)}}
        command -v "$scanner" >/dev/null 2>&1 || scanner=atomicpay-scan
        command -v "$scanner" >/dev/null 2>&1 || {
            echo 'atomicpay-scan is no longer where it was when this hook was installed, so nothing was scanned.' >&2
            echo 'Run "atomicpay-scan hook install" again, or commit without the scan: git commit --no-verify' >&2
            exit 1
        }
        exec "$scanner" scan --staged

        """.ReplaceLineEndings("\n");

    private static string Quoted(string text) => $"'{text.Replace('\\', '/').Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
