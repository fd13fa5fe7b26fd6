using System.Collections.Immutable;
using System.CommandLine;

namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>A command as a shell and a manual see it: what can be typed after it.</summary>
/// <param name="Path">The words that lead to it; empty for the program itself.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Arguments">What it takes besides options, as help shows it.</param>
/// <param name="Options">Its own options.</param>
/// <param name="Commands">The commands inside it.</param>
internal sealed record CommandShape(
    ImmutableArray<string> Path,
    string Description,
    ImmutableArray<ArgumentShape> Arguments,
    ImmutableArray<OptionShape> Options,
    ImmutableArray<CommandShape> Commands)
{
    public string Name => Path.IsEmpty ? "atomicpay-scan" : Path[^1];

    public static CommandShape Of(Command command) => Of(command, []);

    /// <summary>This command and all inside it.</summary>
    public IEnumerable<CommandShape> All() => Commands.SelectMany(c => c.All()).Prepend(this);

    private static CommandShape Of(Command command, ImmutableArray<string> path) => new(
        path,
        command.Description ?? "",
        [.. command.Arguments.Where(a => !a.Hidden).Select(a => new ArgumentShape(a.HelpName ?? a.Name, a.Description ?? "", a.Arity.MinimumNumberOfValues == 0 || a.HasDefaultValue, a.Arity.MaximumNumberOfValues > 1))],
        [.. command.Options.Where(o => !o.Hidden).Select(OptionShape.Of)],
        [.. command.Subcommands.Where(c => !c.Hidden).Select(c => Of(c, path.Add(c.Name)))]);
}
