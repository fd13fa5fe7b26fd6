using System.CommandLine;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports.Terminal;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>verify</c> command: is the key on standard input live?</summary>
internal sealed class VerifyCommand : Command
{
    private readonly Argument<string[]> _input = new("-")
    {
        Description = "The key comes from standard input; on a terminal it is asked for and not shown.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => ["-"],
    };

    private readonly Option<bool> _permissions = new("--permissions") { Description = "Also show what the key may read." };

    private readonly SharedArguments _shared = new();

    public VerifyCommand()
        : base("verify", "Ask the AtomicPay API whether the key on standard input is live. Exits 0 when it is dead, 1 when it is live, 2 when that is unknown.")
    {
        Add(_input);
        Add(_permissions);
        _shared.AddTo(this);
        _input.Validators.Add(value => KeyArgument.Check(value, takesPaths: false));
        SetAction(Run);
    }

    private int Run(ParseResult line)
    {
        var request = _shared.Of(line) with { Verify = line.GetValue(_permissions) ? VerifyMode.Permissions : VerifyMode.Liveness };
        try
        {
            return Verify(_shared.Resolve(line, request, new PolicyFiles(request, Environment.GetEnvironmentVariable)));
        }
        catch (ConfigurationException e)
        {
            Complaint.Write(e.Message);
            return ExitCode.UsageOrIncomplete;
        }
    }

    private static int Verify(ScanOptions options)
    {
        if (KeyInput.Read() is not { } keys)
        {
            Complaint.Write("There is no AtomicPay key on standard input; one begins with atpay_ and 16 or more characters follow.");
            return ExitCode.UsageOrIncomplete;
        }

        using var interruption = new Interruption();
        using var session = new ApiSession(options, interruption.Token);
        var result = session.Verify(keys);
        using var output = Console.OpenStandardOutput();
        VerificationPage.Write(result, ConsoleSurface.Output(options), output);
        return ExitCode.OfVerification(result);
    }
}
