using System.Text;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>A completion script for bash.</summary>
internal static class BashCompletion
{
    public static string Script(CommandShape program)
    {
        var commands = program.All().Where(c => !c.Path.IsEmpty).ToList();
        var script = new StringBuilder();
        script.Append($$"""
            # Completion for bash: eval "$(atomicpay-scan completions bash)", or put it into /etc/bash_completion.d.
            _atomicpay_scan() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path='' word words='' files=''
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$path $word" in
            {{string.Join("|", commands.Select(c => $"'{string.Concat(c.Path.Select(p => " " + p))}'"))}}) path="$path $word" ;;
                    esac
                done
                case "$path $prev" in

            """);
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(o => o.Value is not null))
            {
                var cases = string.Join("|", PathsOf(program, command).SelectMany(p => option.Names.Select(n => $"'{p} {n}'")));
                var reply = option switch
                {
                    { Choices.IsEmpty: false } => $"$(compgen -W '{string.Join(' ', option.Choices)}' -- \"$cur\")",
                    { TakesFile: true } => "$(compgen -f -- \"$cur\")",
                    _ => "",
                };
                script.Append($"    {cases}) COMPREPLY=({reply}); return ;;\n");
            }
        }

        script.Append("    esac\n    case $path in\n");
        foreach (var command in program.All())
        {
            var files = command.Path.IsEmpty || !command.Arguments.IsEmpty ? " files=yes" : "";
            var shown = command.Path.IsEmpty ? Default(program).Options.AddRange(command.Options) : command.Options;
            var words = command.Commands.Select(c => c.Name).Concat(shown.SelectMany(o => o.Names));
            script.Append($"    '{string.Concat(command.Path.Select(p => " " + p))}') words='{string.Join(' ', words)}'{files} ;;\n");
        }

        script.Append("""
                esac
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
                [[ -z $files || $cur == -* ]] || COMPREPLY+=($(compgen -f -- "$cur"))
            }
            complete -o filenames -F _atomicpay_scan atomicpay-scan

            """);
        return script.ToString();
    }

    /// <summary>The command that is meant when none is named.</summary>
    internal static CommandShape Default(CommandShape program) => program.Commands.First(c => c.Name == "scan");

    /// <summary>The words after which a command's options come: for the command that is meant when none is named also none.</summary>
    private static IEnumerable<string> PathsOf(CommandShape program, CommandShape command)
    {
        yield return string.Concat(command.Path.Select(p => " " + p));
        if (command == Default(program))
        {
            yield return "";
        }
    }
}
