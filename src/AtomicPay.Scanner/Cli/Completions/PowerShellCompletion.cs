using System.Text;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>A completion script for PowerShell.</summary>
internal static class PowerShellCompletion
{
    public static string Script(CommandShape program)
    {
        var script = new StringBuilder("""
            # Completion for PowerShell: atomicpay-scan completions pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName atomicpay-scan -ScriptBlock {
                param($word, $ast, $cursor)
                $words = @{

            """);
        foreach (var command in program.All())
        {
            var options = command.Path.IsEmpty ? BashCompletion.Default(program).Options.AddRange(command.Options) : command.Options;
            script.Append($"        '{string.Join(' ', command.Path)}' = @(\n");
            foreach (var inner in command.Commands)
            {
                script.Append($"            @('{inner.Name}', {Quoted(inner.Description)})\n");
            }

            foreach (var option in options)
            {
                script.Append($"            @('{option.Names[0]}', {Quoted(option.FirstSentence)})\n");
            }

            script.Append("        )\n");
        }

        script.Append("    }\n    $values = @{\n");
        foreach (var option in program.All().SelectMany(c => c.Options).Where(o => !o.Choices.IsEmpty).DistinctBy(o => o.Names[0]))
        {
            script.Append($"        '{option.Names[0]}' = @({string.Join(", ", option.Choices.Select(c => $"'{c}'"))})\n");
        }

        script.Append("""
                }
                $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
                $last = $before[-1]
                if ($values.ContainsKey($last)) {
                    $values[$last] | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
                    return
                }
                $path = ''
                foreach ($each in ($before | Select-Object -Skip 1)) {
                    $longer = "$path $each".Trim()
                    if ($words.ContainsKey($longer)) { $path = $longer }
                }
                $words[$path] | Where-Object { $_[0] -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
                }
            }

            """);
        return script.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
