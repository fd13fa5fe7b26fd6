using System.CommandLine;
using AtomicPay.Scanner.Config;

namespace AtomicPay.Scanner.Cli;

/// <summary>The options about what is printed, for commands that are not scans.</summary>
internal sealed class ConsoleArguments
{
    private readonly Option<ColorChoice> _color = new("--color")
    {
        Description = "When to use colour. NO_COLOR is respected.",
        HelpName = "auto|always|never",
        DefaultValueFactory = _ => ColorChoice.Auto,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error." };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "List every place of a key." };

    public IEnumerable<Option> Options => [_color, _quiet, _verbose];

    /// <summary>The options of a scan of nothing but these, for what prints and what asks.</summary>
    public ScanOptions Of(ParseResult line, ApiOptions api) => new()
    {
        Paths = ["-"],
        Reports = [],
        Api = api,
        Color = line.GetValue(_color),
        Quiet = line.GetValue(_quiet),
        Verbose = line.GetValue(_verbose),
    };
}
