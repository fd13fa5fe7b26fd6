using System.CommandLine;
using AtomicPay.Scanner.Hooks;
using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>hook</c> command: puts the scan of what is staged before every commit, for those who use no hook program.</summary>
internal sealed class HookCommand : Command
{
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "The repository.",
        DefaultValueFactory = _ => ".",
    };

    public HookCommand()
        : base("hook", "Scan what is staged before every commit of a repository, or stop doing so.")
    {
        Add(Part("install", "Write the pre-commit hook of a repository. A hook that something else wrote is left as it is.", hook =>
        {
            hook.Install(Scanner());
            return $"Commits are scanned from now on by {hook.File}";
        }));
        Add(Part("uninstall", "Take the pre-commit hook out again.", hook =>
            hook.Uninstall() ? $"Took out {hook.File}" : "There was no hook to take out."));
    }

    private Command Part(string name, string description, Func<PreCommitHook, string> run)
    {
        var command = new Command(name, description) { _path };
        command.SetAction(line =>
        {
            try
            {
                Console.Error.WriteLine(DisplayText.Line(run(PreCommitHook.Of(line.GetValue(_path)!))));
                return ExitCode.Clean;
            }
            catch (Exception e) when (e is HookException or IOException or UnauthorizedAccessException or LibGit2Sharp.LibGit2SharpException)
            {
                Complaint.Write(e.Message);
                return ExitCode.UsageOrIncomplete;
            }
        });
        return command;
    }

    /// <summary>This very program, so that the hook works without it being on the PATH; its name where it runs inside another one.</summary>
    private static string Scanner() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "atomicpay-scan" ? path : "atomicpay-scan";
}
