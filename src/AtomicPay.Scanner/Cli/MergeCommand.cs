using System.CommandLine;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Sarif;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>merge</c> command: several SARIF reports become one, because code scanning takes one run of a category.</summary>
internal sealed class MergeCommand : Command
{
    private readonly Argument<string[]> _reports = new("SARIF")
    {
        Description = "SARIF reports of atomicpay-scan, for example of the shards of one scan.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Where to write the report; standard output when left out.",
        HelpName = "FILE",
    };

    public MergeCommand()
        : base("merge", "Join SARIF reports into one with a single run. The order of the reports does not matter.")
    {
        Add(_reports);
        Add(_output);
        SetAction(line => Run(line.GetValue(_reports)!, line.GetValue(_output)));
    }

    private static int Run(IReadOnlyCollection<string> files, string? output)
    {
        try
        {
            using var merged = new MemoryStream();
            SarifMerge.Merge(files.Select(file => (DisplayText.Line(file), (Stream)File.OpenRead(file))), merged);
            merged.Position = 0;
            if (output is null)
            {
                using var console = Console.OpenStandardOutput();
                merged.CopyTo(console);
            }
            else
            {
                ReportFile.Write(output, merged.CopyTo);
            }

            return ExitCode.Clean;
        }
        catch (Exception e) when (e is SarifMergeException or ReportFileException or IOException or UnauthorizedAccessException)
        {
            Complaint.Write(e.Message);
            return ExitCode.UsageOrIncomplete;
        }
    }
}
