using System.CommandLine;
using AtomicPay.Scanner.Cli.Completions;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>completions</c> command: scripts for shells, and the manual page, made from the same data as the help.</summary>
internal sealed class CompletionsCommand : Command
{
    private static readonly Dictionary<string, Func<CommandShape, string>> _scripts = new()
    {
        ["bash"] = BashCompletion.Script,
        ["zsh"] = ZshCompletion.Script,
        ["fish"] = FishCompletion.Script,
        ["pwsh"] = PowerShellCompletion.Script,
        ["man"] = ManualPage.Page,
    };

    public CompletionsCommand(Command program)
        : base("completions", "Print a script that completes commands and options in a shell, or the manual page.")
    {
        foreach (var (name, script) in _scripts)
        {
            var command = new Command(name, name == "man" ? "The manual page: atomicpay-scan completions man | man -l -" : $"For {name}.");
            command.SetAction(_ =>
            {
                Console.Out.Write(script(CommandShape.Of(program)));
                return ExitCode.Clean;
            });
            Add(command);
        }
    }
}
