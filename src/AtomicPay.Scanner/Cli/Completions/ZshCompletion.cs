using System.Text;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>A completion script for zsh.</summary>
internal static class ZshCompletion
{
    public static string Script(CommandShape program)
    {
        var script = new StringBuilder("""
            #compdef atomicpay-scan
            # Completion for zsh: atomicpay-scan completions zsh > "${fpath[1]}/_atomicpay-scan"

            """);
        foreach (var command in program.All())
        {
            Append(script, program, command);
        }

        script.Append("""
            if [ "$funcstack[1]" = _atomicpay-scan ]; then _atomicpay_scan "$@"; else compdef _atomicpay_scan atomicpay-scan; fi

            """);
        return script.ToString();
    }

    private static void Append(StringBuilder script, CommandShape program, CommandShape command)
    {
        script.Append($"{Function(command)}() {{\n    local context state state_descr line\n    typeset -A opt_args\n");
        var options = command.Path.IsEmpty ? BashCompletion.Default(program).Options.AddRange(command.Options) : command.Options;
        script.Append("    _arguments -C \\\n");
        foreach (var option in options)
        {
            foreach (var name in option.Names)
            {
                script.Append($"        '*{name}[{Escaped(option.FirstSentence)}]{Value(option)}' \\\n");
            }
        }

        if (command.Commands.IsEmpty)
        {
            script.Append("        '*:file:_files'\n}\n\n");
            return;
        }

        script.Append("        '1: :->command' '*:: :->rest'\n    case $state in\n    command)\n        local -a commands=(\n");
        foreach (var inner in command.Commands)
        {
            script.Append($"            '{inner.Name}:{Escaped(inner.Description)}'\n");
        }

        script.Append("        )\n        _describe command commands\n");
        script.Append(command.Path.IsEmpty ? "        _files\n" : "").Append("        ;;\n    rest)\n        case $line[1] in\n");
        foreach (var inner in command.Commands)
        {
            script.Append($"        {inner.Name}) {Function(inner)} ;;\n");
        }

        script.Append("        *) _files ;;\n        esac\n        ;;\n    esac\n}\n\n");
    }

    private static string Function(CommandShape command) => "_atomicpay_scan" + string.Concat(command.Path.Select(p => "_" + p));

    private static string Value(OptionShape option) => option switch
    {
        { Value: null } => "",
        { TakesFile: true } => ":file:_files",
        { Choices.IsEmpty: false } => $":value:({string.Join(' ', option.Choices)})",
        _ => $":{Escaped(option.Value)}: ",
    };

    private static string Escaped(string text) => text
        .Replace("'", @"'\''", StringComparison.Ordinal)
        .Replace("[", @"\[", StringComparison.Ordinal)
        .Replace("]", @"\]", StringComparison.Ordinal)
        .Replace(":", @"\:", StringComparison.Ordinal);
}
