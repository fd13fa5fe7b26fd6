using System.Text;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>A completion script for fish.</summary>
internal static class FishCompletion
{
    public static string Script(CommandShape program)
    {
        var script = new StringBuilder("# Completion for fish: atomicpay-scan completions fish > ~/.config/fish/completions/atomicpay-scan.fish\n");
        var names = string.Join(' ', program.Commands.Select(c => c.Name));
        foreach (var command in program.Commands)
        {
            script.Append($"complete -c atomicpay-scan -n '__fish_use_subcommand' -a {command.Name} -d {Quoted(command.Description)}\n");
        }

        foreach (var command in program.All().Where(c => !c.Path.IsEmpty))
        {
            var condition = command == BashCompletion.Default(program)
                ? $"not __fish_seen_subcommand_from {string.Join(' ', program.Commands.Where(c => c != command).Select(c => c.Name))}"
                : string.Join("; and ", command.Path.Select(p => $"__fish_seen_subcommand_from {p}"));
            foreach (var inner in command.Commands)
            {
                script.Append($"complete -c atomicpay-scan -n '{condition}' -a {inner.Name} -d {Quoted(inner.Description)}\n");
            }

            foreach (var option in command.Options)
            {
                script.Append($"complete -c atomicpay-scan -n '{condition}'");
                foreach (var name in option.Names)
                {
                    script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
                }

                if (option.Value is not null)
                {
                    script.Append(option.TakesFile ? " -r -F" : option.Choices.IsEmpty ? " -x" : $" -x -a '{string.Join(' ', option.Choices)}'");
                }

                script.Append($" -d {Quoted(option.FirstSentence)}\n");
            }
        }

        return script.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
