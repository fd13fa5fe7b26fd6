using System.CommandLine;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Pipeline;

namespace AtomicPay.Scanner.Cli;

/// <summary>What the commands that ask the API have in common: where it is, the configuration that may say so too, and what is printed.</summary>
internal sealed class SharedArguments
{
    private readonly ApiArguments _api = new();

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Read the configuration from this file.",
        HelpName = "FILE",
    };

    private readonly Option<ColorChoice> _color = new("--color")
    {
        Description = "When to use colour. NO_COLOR is respected.",
        HelpName = "auto|always|never",
        DefaultValueFactory = _ => ColorChoice.Auto,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error." };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "List every place of a key." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[.. _api.Options, _config, _color, _quiet, _verbose])
        {
            command.Add(option);
        }

        command.Validators.Add(_api.Check);
    }

    /// <summary>The options of a scan of standard input, for what prints and what asks.</summary>
    public ScanOptions Of(ParseResult line) => new()
    {
        Paths = ["-"],
        Reports = [],
        Color = line.GetValue(_color),
        Quiet = line.GetValue(_quiet),
        Verbose = line.GetValue(_verbose),
    };

    /// <summary>The same with what the environment and the configuration say.</summary>
    /// <exception cref="ConfigurationException">One of them is wrong.</exception>
    public ScanOptions Resolve(ParseResult line, ScanOptions request, PolicyFiles policy) => ScanSettings.Resolve(
        request,
        new ScanSettings { Configuration = line.GetValue(_config), Api = _api.Of(line.GetValue) },
        Environment.GetEnvironmentVariable,
        policy.Configuration);
}
