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

    private readonly SharedArguments _shared = new();

    public RevokeCommand()
        : base("revoke", "Revoke the live keys that lie in PATH, and confirm that they are dead. Shows a plan and asks first. Exits 0 when every key is confirmed dead, else 2; with --plan 1 when a key is live.")
    {
        Add(_paths);
        foreach (var option in _revocation.Options)
        {
            Add(option);
        }

        _shared.AddTo(this);
        _paths.Validators.Add(value => KeyArgument.Check(value, takesPaths: true));
        Validators.Add(_revocation.Check);
        SetAction(Run);
    }

    private int Run(ParseResult line)
    {
        var revoke = _revocation.Of(line);
        var request = _shared.Of(line) with { Paths = [.. line.GetValue(_paths)!], Revoke = revoke };
        using var interruption = new Interruption();
        try
        {
            var policy = new PolicyFiles(request, Environment.GetEnvironmentVariable);
            var options = _shared.Resolve(line, request, policy);
            if (Find(options, policy, interruption.Token) is not { } found)
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

            var result = session.Revoke(verified, revoke, Console.OpenStandardOutput, ConsoleSurface.Output(options));
            return revoke.PlanOnly ? ExitCode.OfVerification(result) : ExitCode.OfRevocation(result);
        }
        catch (Exception e) when (e is ScanRequestException or ConfigurationException)
        {
            Complaint.Write(e.Message);
            return ExitCode.UsageOrIncomplete;
        }
    }

    private static ScanResult? Find(ScanOptions options, PolicyFiles policy, CancellationToken cancellation)
    {
        if (options.Paths is ["-"])
        {
            return KeyInput.Read();
        }

        using var scan = new Scan(options, RuleSet.Default, policy, cancellation);
        return ScanAction.RunWithProgress(scan, options);
    }
}
