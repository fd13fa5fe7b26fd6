using System.CommandLine;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>revoke</c> command: makes the keys that are found, or the one on standard input, dead and proves it.</summary>
internal sealed class RevokeCommand : Command
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files, folders or repositories in which the keys lie; - for keys on standard input.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => ["."],
    };

    private readonly RevokeArguments _revocation = new();

    private readonly ApiArguments _api = new();

    private readonly ConsoleArguments _console = new();

    public RevokeCommand()
        : base("revoke", "Revoke the live keys that lie in PATH, and confirm that they are dead. Shows a plan and asks first. Exits 0 when every key is confirmed dead, else 2; with --plan 1 when a key is live.")
    {
        Add(_paths);
        foreach (var option in (Option[])[.. _revocation.Options, .. _api.Options, .. _console.Options])
        {
            Add(option);
        }

        _paths.Validators.Add(value => KeyArgument.Check(value, takesPaths: true));
        Validators.Add(_revocation.Check);
        Validators.Add(_api.Check);
        SetAction(Run);
    }

    private int Run(ParseResult line)
    {
        var options = _console.Of(line, _api.Of(line.GetValue)) with { Paths = [.. line.GetValue(_paths)!], Revoke = _revocation.Of(line) };
        using var interruption = new Interruption();
        try
        {
            if (Find(options, interruption.Token) is not { } found)
            {
                Complaint.Write("There is no AtomicPay key on standard input; one begins with atpay_ and 16 or more characters follow.");
                return ExitCode.UsageOrIncomplete;
            }

            if (found.Interrupted)
            {
                return ExitCode.Interrupted;
            }

            using var session = new ApiSession(options, interruption.Token);
            var verified = session.Verify(found);
            if (verified.Interrupted)
            {
                return ExitCode.Interrupted;
            }

            var result = session.Revoke(verified, options.Revoke, Console.OpenStandardOutput, ConsoleSurface.Output(options));
            return options.Revoke.PlanOnly ? ExitCode.OfVerification(result) : ExitCode.OfRevocation(result);
        }
        catch (Exception e) when (e is ScanRequestException or ConfigurationException)
        {
            Complaint.Write(e.Message);
            return ExitCode.UsageOrIncomplete;
        }
    }

    private static ScanResult? Find(ScanOptions options, CancellationToken cancellation)
    {
        if (options.Paths is ["-"])
        {
            return KeyInput.Read();
        }

        var policy = new PolicyFiles(options, Environment.GetEnvironmentVariable);
        options = ScanSettings.Resolve(options, new ScanSettings(), Environment.GetEnvironmentVariable, policy.Configuration);
        using var scan = new Scan(options, RuleSet.Default, policy, cancellation);
        return ScanAction.RunWithProgress(scan, options);
    }
}
