using System.CommandLine;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>baseline</c> command: scans as <c>scan</c> does, and writes down what it finds as known.</summary>
internal sealed class BaselineCommand : Command
{
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to write. One that is there is written anew, its reasons and first comments kept.",
        HelpName = "FILE",
        Required = true,
    };

    public BaselineCommand(ScanCommand scan)
        : base("baseline", "Write down the findings that are there now, so that later scans report only new ones.")
    {
        Add(scan.Paths);
        Add(_output);
        foreach (var option in scan.Material)
        {
            Add(option);
        }

        SetAction(line => BaselineAction.Run(scan.OptionsOf(line), scan.SettingsOf(line), line.GetValue(_output)!));
    }
}
