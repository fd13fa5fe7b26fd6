using System.CommandLine;
using System.CommandLine.Parsing;
using AtomicPay.Scanner.Pipeline;

namespace AtomicPay.Scanner.Cli;

/// <summary>From arguments to exit code. <c>scan</c> is the command when none is named.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        if (PictureScanner.IsWorker(args))
        {
            PrivateMemory.Keep();
            return PictureScanner.Work();
        }

        var scan = new ScanCommand();
        var root = new RootCommand("Finds leaked AtomicPay API keys in files, in git history and in pictures.")
        {
            scan, new BaselineCommand(scan), new RulesCommand(), new VerifyCommand(), new RevokeCommand(), new RedactCommand(), new MergeCommand(), new HookCommand(),
        };
        root.Add(new CompletionsCommand(root));
        var line = root.Parse(WithModeOfVerify(WithCommand(root, args)));
        if (line.Errors.Count == 0)
        {
            return line.Invoke();
        }

        // System.CommandLine would print its help to standard output and exit 1, which here means a leak.
        foreach (var error in line.Errors)
        {
            Complaint.Write(error.Message);
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

    /// <summary>The value of <c>--verify</c> may be left out, and the parser would take the path behind it for one.</summary>
    private static string[] WithModeOfVerify(string[] args)
    {
        var result = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--")
            {
                result.AddRange(args[i..]);
                break;
            }

            var takesNext = args[i] == "--verify" && i + 1 < args.Length && args[i + 1] == "permissions";
            result.Add(args[i] != "--verify" ? args[i] : takesNext ? "--verify=permissions" : "--verify=liveness");
            i += takesNext ? 1 : 0;
        }

        return [.. result];
    }
}
