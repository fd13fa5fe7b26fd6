using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>The manual page, in the language of man(7).</summary>
internal static class ManualPage
{
    private static readonly ImmutableArray<(string Code, string Meaning)> _exitCodes =
    [
        ("0", "No leak, and everything asked for was scanned."),
        ("1", "At least one leak, also when something could not be scanned."),
        ("2", "Wrong usage or configuration, or no leak found but something could not be scanned."),
        ("130", "Interrupted; what was found so far is reported."),
    ];

    public static string Page(CommandShape program)
    {
        var page = new StringBuilder($".TH ATOMICPAY-SCAN 1 \"\" \"atomicpay-scan {ProductVersion.Text}\"\n");
        page.Append($".SH NAME\natomicpay-scan \\- {Text(program.Description.TrimEnd('.'))}\n.SH SYNOPSIS\n");
        foreach (var command in program.All().Where(c => c.Commands.IsEmpty))
        {
            var words = string.Join(' ', command.Path);
            var rest = command.Arguments.Select(Synopsis).Prepend(command.Options.IsEmpty ? "" : "[OPTION...]").Where(part => part.Length > 0).ToList();
            page.Append($".B atomicpay-scan {(words == "scan" ? "[scan]" : words)}\n{(rest.Count == 0 ? "" : string.Join(' ', rest) + "\n")}.br\n");
        }

        foreach (var command in program.All().Where(c => !c.Path.IsEmpty && c.Commands.IsEmpty))
        {
            page.Append($".SH {string.Join(' ', command.Path).ToUpperInvariant()}\n{Text(command.Description)}\n");
            foreach (var argument in command.Arguments)
            {
                page.Append($".TP\n.I {Text(argument.Name)}\n{Text(argument.Description)}\n");
            }

            foreach (var option in command.Options)
            {
                page.Append($".TP\n.BR {Text(string.Join(", ", option.Names))}{(option.Value is { } value ? $" \" \" {Text(value)}" : "")}\n{Text(option.Description)}\n");
            }
        }

        page.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in _exitCodes)
        {
            page.Append($".TP\n.B {code}\n{meaning}\n");
        }

        return page.ToString();
    }

    private static string Synopsis(ArgumentShape argument)
    {
        var name = Text(argument.Name) + (argument.IsRepeatable ? "..." : "");
        return argument.IsOptional ? $"[{name}]" : name;
    }

    /// <summary>A hyphen is a hyphen, and no line is taken for a request.</summary>
    private static string Text(string text)
    {
        var escaped = text.Replace(@"\", @"\e", StringComparison.Ordinal).Replace("-", @"\-", StringComparison.Ordinal).Replace("\"", @"\(dq", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? @"\&" + escaped : escaped;
    }
}
