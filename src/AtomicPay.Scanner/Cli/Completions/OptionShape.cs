using System.Collections.Immutable;
using System.CommandLine;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>An option as a shell and a manual see it.</summary>
/// <param name="Names">The long name first.</param>
/// <param name="Description">A sentence or more.</param>
/// <param name="Value">What help calls its value; null for a switch.</param>
/// <param name="Choices">The values that it takes; empty where they cannot be listed.</param>
internal sealed record OptionShape(ImmutableArray<string> Names, string Description, string? Value, ImmutableArray<string> Choices)
{
    /// <summary>Whether the value is a path.</summary>
    public bool TakesFile => Value is "FILE" or "DIR";

    public string FirstSentence => Description.Split(". ")[0].TrimEnd('.');

    public static OptionShape Of(Option option)
    {
        ImmutableArray<string> names = [option.Name, .. option.Aliases.Where(a => !a.Contains('?', StringComparison.Ordinal) && !a.StartsWith('/')).Order(StringComparer.Ordinal)];
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) || option is System.CommandLine.Help.HelpOption or VersionOption)
        {
            return new OptionShape(names, option.Description ?? "", null, []);
        }

        var value = option.HelpName ?? "VALUE";
        ImmutableArray<string> choices = value.Contains('|', StringComparison.Ordinal)
            ? [.. value.Split('|')]
            : [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.Label)];
        return new OptionShape(names, option.Description ?? "", value, choices);
    }
}
