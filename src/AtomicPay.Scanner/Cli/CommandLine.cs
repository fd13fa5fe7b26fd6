using System.CommandLine;
using System.CommandLine.Parsing;

namespace AtomicPay.Scanner.Cli;

/// <summary>From arguments to exit code. <c>scan</c> is the command when none is named.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var scan = new ScanCommand();
        var root = new RootCommand("Finds leaked AtomicPay API keys in files, in git history and in pictures.")
        {
            scan, new BaselineCommand(scan), new RulesCommand(), new RedactCommand(), new MergeCommand(), new HookCommand(),
        };
        root.Add(new CompletionsCommand(root));
        var line = root.Parse(WithCommand(root, args));
        if (line.Errors.Count == 0)
        {
            return line.Invoke();
        }

        // System.CommandLine would print its help to standard output and exit 1, which here means a leak.
        foreach (var error in line.Errors)
        {
            Console.Error.WriteLine($"atomicpay-scan: {error.Message}");
        }

        Console.Error.WriteLine("Try: atomicpay-scan --help");
        return ExitCode.UsageOrIncomplete;
    }

    private static string[] WithCommand(RootCommand root, string[] args)
    {
        var first = args.FirstOrDefault();
        var isKnown = root.Subcommands.Any(c => c.Name == first)
            || root.Options.Any(o => o.Name == first || o.Aliases.Contains(first ?? ""));
        return isKnown ? args : ["scan", .. args];
    }
}
