namespace AtomicPay.Scanner.Cli.Completions;

/// <summary>An argument that is no option, as a shell and a manual see it.</summary>
internal sealed record ArgumentShape(string Name, string Description, bool IsOptional, bool IsRepeatable);
