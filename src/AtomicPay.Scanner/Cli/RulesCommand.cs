using System.CommandLine;
using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>rules</c> command: lists the rules, shows one, and proves a file of one's own.</summary>
internal sealed class RulesCommand : Command
{
    private readonly Option<string[]> _files = new("--rules")
    {
        Description = "Also the rules of this file. Repeatable.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
        Recursive = true,
    };

    private readonly Option<ColorChoice> _color = new("--color")
    {
        Description = "When to use colour. NO_COLOR is respected.",
        HelpName = "auto|always|never",
        DefaultValueFactory = _ => ColorChoice.Auto,
        Recursive = true,
    };

    private readonly Argument<string> _id = new("ID") { Description = "The rule's id, as reports name it." };

    private readonly Argument<string[]> _checked = new("FILE")
    {
        Description = "Files of rules.",
        Arity = ArgumentArity.OneOrMore,
    };

    public RulesCommand()
        : base("rules", "List the rules, show one, or check a file of your own.")
    {
        Add(_files);
        Add(_color);
        SetAction(line => Run(line, rules => Write(output => RuleListing.WriteAll(rules, ConsoleSurface.Output(line.GetValue(_color)), output))));

        var show = new Command("show", "Show what a rule looks for and what to do about its findings.") { _id };
        show.SetAction(line => Run(line, rules => Show(line, rules)));
        Add(show);

        var check = new Command("check", "Check files of rules: each rule must find its examples and not its near-misses.") { _checked };
        check.SetAction(Check);
        Add(check);
    }

    private int Run(ParseResult line, Func<RuleSet, int> run)
    {
        try
        {
            return run(RuleFiles.Load(line.GetValue(_files)!, RuleFiles.Bytes));
        }
        catch (RuleFilesException e)
        {
            return Fail(e);
        }
    }

    private int Show(ParseResult line, RuleSet rules)
    {
        var id = line.GetValue(_id)!;
        if (rules.Rules.FirstOrDefault(rule => rule.Id == id) is { } rule)
        {
            return Write(output => RuleListing.Write(rule, ConsoleSurface.Output(line.GetValue(_color)), output));
        }

        Complaint.Write($"There is no rule {DisplayText.Line(id)}; there are {string.Join(", ", rules.Rules.Select(known => known.Id))}.");
        return ExitCode.UsageOrIncomplete;
    }

    private int Check(ParseResult line)
    {
        try
        {
            // Together, as a scan reads them: their ids and prefixes must differ.
            string[] files = [.. line.GetValue(_files)!, .. line.GetValue(_checked)!];
            var own = RuleFiles.Load(files, RuleFiles.Bytes).Rules.Length - RuleSet.Default.Rules.Length;
            Console.Out.WriteLine($"{Counted.Of(own, "rule")} in {Counted.Of(files.Length, "file")}: all examples found, no near-miss.");
            return ExitCode.Clean;
        }
        catch (RuleFilesException e)
        {
            return Fail(e);
        }
    }

    private static int Write(Action<Stream> write)
    {
        using var output = Console.OpenStandardOutput();
        write(output);
        return ExitCode.Clean;
    }

    private static int Fail(RuleFilesException e)
    {
        foreach (var mistake in e.Message.Split('\n'))
        {
            Complaint.Write(mistake);
        }

        return ExitCode.UsageOrIncomplete;
    }
}
